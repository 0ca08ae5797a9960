using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

public sealed partial class CollectServerlessAssets
{
    /// <summary>Folders to glob: <c>assets</c> with <c>Patterns</c>, <c>ExcludePatterns</c>, <c>PathPrefix</c>, <c>Visibility</c>.</summary>
    public ITaskItem[] Folders { get; set; } = [];

    /// <summary>Files: <c>logo.svg</c> with <c>AssetPath</c>, <c>PathPrefix</c>, <c>Visibility</c>, <c>ContentType</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>What references collected, when they are asked to: as <see cref="Assets"/>.</summary>
    public ITaskItem[] FilesOfReferences { get; set; } = [];

    /// <summary>The published <c>wwwroot</c>, full path: <c>/site/bin/Release/net10.0/publish/wwwroot</c>; empty: none is taken.</summary>
    public string PublishedFolder { get; set; } = "";

    /// <summary>The SDK's list of its routes, full path: <c>…/publish/Site.staticwebassets.endpoints.json</c>.</summary>
    public string PublishedEndpoints { get; set; } = "";

    /// <summary>Whether compressed copies in it (<c>site.css.br</c> beside <c>site.css</c>) are taken.</summary>
    public bool IncludeCompressed { get; set; }

    /// <summary>Which of its routes that no file is named after become assets: <c>Referenced</c>, <c>All</c> or <c>None</c>.</summary>
    public string FingerprintedPaths { get; set; } = "";

    /// <summary>Where its <c>index.html</c> answers too: <c>/assets/index.html;/counter</c>.</summary>
    public string IndexPaths { get; set; } = "";

    /// <summary>Whether marks in file names (<c>.private.</c>) set the visibility.</summary>
    public bool VisibilityFromFileName { get; set; } = true;

    /// <summary><c>Strict</c> or <c>Dash</c>.</summary>
    public string PathCharacters { get; set; } = "";

    /// <summary>What the secret guard lets through: <c>demo.pem;certs/*.key</c>.</summary>
    public string Allow { get; set; } = "";

    /// <summary>Whether the settings of an upload are checked too: an upload will follow.</summary>
    public bool CheckSettings { get; set; }

    /// <summary>Whether the settings of a deployment are checked too: one will follow.</summary>
    public bool CheckDeployment { get; set; }

    /// <summary>The files with <c>AssetPath</c>, <c>Visibility</c>, <c>ContentType</c>, <c>DisplayPath</c>.</summary>
    [Output]
    public ITaskItem[] Assets { get; private set; } = [];
}
