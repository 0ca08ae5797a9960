using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Discovery;

/// <summary>What to collect. The values have not been validated.</summary>
internal sealed record CollectRequest
{
    /// <summary>How files become URL paths.</summary>
    public required SettingValues Settings { get; init; }

    /// <summary>
    /// The published <c>wwwroot</c> of a web project, collected in addition to <see cref="Sources"/>.
    /// </summary>
    public PublishedSite? Published { get; init; }

    /// <summary>
    /// The folders and files to collect. If empty and <see cref="Published"/> is null, <see cref="DefaultFolders"/>
    /// applies.
    /// </summary>
    public IReadOnlyList<AssetSource> Sources { get; init; } = [];

    /// <summary>The assets of referenced projects, collected in addition to the project's own.</summary>
    public IReadOnlyList<FileSource> Referenced { get; init; } = [];

    /// <summary>
    /// Full paths of the folders that the build writes to, besides <c>bin</c> and <c>obj</c> of the project. They need
    /// not exist.
    /// </summary>
    public IReadOnlyList<string> OutputFolders { get; init; } = [];

    /// <summary>Full paths of files that the run writes to, besides those that the settings name.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];

    /// <summary>Whether a private key or another secret among the files is an error.</summary>
    public bool ForbidsSecrets { get; init; } = true;

    /// <summary>
    /// Whether the run is the one that uploads the files, which then also adds the copy of <see cref="RootIndex"/> and
    /// assigns the files to Services.
    /// </summary>
    public bool UploadsFiles { get; init; } = true;

    /// <summary>
    /// The last step of the run. The settings of all steps are checked, so that the user sees all errors at once.
    /// </summary>
    public LastStep LastStep { get; init; }
}

/// <summary>The last step of a run that collects assets. Each step includes the earlier ones.</summary>
internal enum LastStep
{
    Collect,
    Upload,

    /// <summary>A Build, or a plan of one.</summary>
    Build,

    /// <summary>A Deployment, which creates the Environment if it does not exist.</summary>
    Deploy,
}
