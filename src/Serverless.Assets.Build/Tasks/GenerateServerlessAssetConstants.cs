using Microsoft.Build.Framework;
using Serverless.Assets.CodeGeneration;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Writes the C# constants of the asset paths. Does not use the network.</summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateServerlessAssetConstants : SettingsTask
{
    /// <inheritdoc cref="CollectServerlessAssets.Folders"/>
    public ITaskItem[] Folders { get; set; } = [];

    /// <inheritdoc cref="CollectServerlessAssets.Files"/>
    public ITaskItem[] Files { get; set; } = [];

    /// <inheritdoc cref="CollectServerlessAssets.OutputFolders"/>
    public ITaskItem[] OutputFolders { get; set; } = [];

    /// <summary>
    /// Full path of the project's <c>wwwroot</c>, whose files a publish copies: <c>/site/wwwroot</c>. May be empty or
    /// not exist.
    /// </summary>
    public string WebRoot { get; set; } = "";

    /// <summary>Full path of the C# file.</summary>
    [Required]
    public string OutputFile { get; set; } = "";

    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var request = AssetItems.ToRequest(Values, Folders, Files, filesOfReferences: [], OutputFolders) with
        {
            Published = WebRoot.Length == 0 ? null : new PublishedSite { Folder = WebRoot, IsOptional = true },
        };
        new ConstantsGenerator(Context).Generate(request, OutputFile, cancellationToken);
        return Task.FromResult(true);
    }
}
