using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

public sealed partial class GenerateServerlessAssetConstants
{
    /// <summary>Folders to glob, as <see cref="CollectServerlessAssets.Folders"/>.</summary>
    public ITaskItem[] Folders { get; set; } = [];

    /// <summary>Files, as <see cref="CollectServerlessAssets.Files"/>.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>What will be the published <c>wwwroot</c>, as it is in the project, full path: <c>/site/wwwroot</c>; empty, or no such folder: none.</summary>
    public string WebRoot { get; set; } = "";

    /// <summary>Whether marks in file names (<c>.private.</c>) are not part of the path.</summary>
    public bool VisibilityFromFileName { get; set; } = true;

    /// <summary><c>Strict</c> or <c>Dash</c>.</summary>
    public string PathCharacters { get; set; } = "";

    /// <summary>Folder of the project, full path.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Namespace of the class: <c>MyApp</c>; empty: none.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Name of the class: <c>Assets</c>.</summary>
    [Required]
    public string ClassName { get; set; } = "";

    /// <summary>Where the manifest is, full path: a deployment beside it tells the address of the site.</summary>
    [Required]
    public string ManifestPath { get; set; } = "";

    /// <summary>The C# file, full path.</summary>
    [Required]
    public string OutputFile { get; set; } = "";
}
