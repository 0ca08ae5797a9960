using Microsoft.Build.Framework;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Finds, maps and validates the assets. Does not use the network.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectServerlessAssets : ReportedTask
{
    /// <summary>
    /// Folders to search: <c>assets</c> with <c>Patterns</c>, <c>ExcludePatterns</c>, <c>PathPrefix</c>,
    /// <c>Visibility</c>.
    /// </summary>
    public ITaskItem[] Folders { get; set; } = [];

    /// <summary>
    /// Files: <c>logo.svg</c> with <c>AssetPath</c>, <c>PathPrefix</c>, <c>Visibility</c>, <c>ContentType</c>.
    /// </summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The <see cref="Assets"/> of referenced projects.</summary>
    public ITaskItem[] FilesOfReferences { get; set; } = [];

    /// <summary>
    /// Folders that the build writes to, which are not collected with a folder that contains them: <c>bin/</c>.
    /// </summary>
    public ITaskItem[] OutputFolders { get; set; } = [];

    /// <summary>
    /// Full path of the published <c>wwwroot</c>: <c>/site/bin/Release/net10.0/publish/wwwroot</c>; empty disables it.
    /// </summary>
    public string PublishedFolder { get; set; } = "";

    /// <summary>
    /// Full path of the list of routes that the SDK publishes: <c>…/publish/Site.staticwebassets.endpoints.json</c>.
    /// </summary>
    public string PublishedEndpoints { get; set; } = "";

    /// <summary>
    /// <c>Upload</c>, <c>Build</c> or <c>Deploy</c>, whose settings are checked too; empty: the run only collects the
    /// assets.
    /// </summary>
    public string LastStep { get; set; } = "";

    /// <summary>
    /// Whether a referencing project requests the assets. That project checks for secrets and writes the reports.
    /// </summary>
    public bool IsForReferencingProject { get; set; }

    /// <summary>The files, with <c>AssetPath</c>, <c>Visibility</c>, <c>ContentType</c>, <c>DisplayPath</c>.</summary>
    [Output]
    public ITaskItem[] Assets { get; private set; } = [];

    private protected override RunReporter? Reporter => IsForReferencingProject ? null : base.Reporter;

    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var request = AssetItems.ToRequest(Values, Folders, Files, FilesOfReferences, OutputFolders) with
        {
            ForbidsSecrets = !IsForReferencingProject,
            UploadsFiles = !IsForReferencingProject,
            LastStep = LastStep.Length > 0 ? Enum.Parse<LastStep>(LastStep) : default,
            Published =
                PublishedFolder.Length == 0
                    ? null
                    : new PublishedSite
                    {
                        Folder = PublishedFolder,
                        EndpointsFile = PublishedEndpoints,
                        IncludeCompressed = Values.Get(SettingTable.IncludeCompressed),
                        FingerprintedPaths = Values.Get(SettingTable.FingerprintedPaths),
                        IndexPaths = Values.Get(SettingTable.IndexPaths),
                    },
        };
        var assets = new AssetCollector(Context).Collect(request, cancellationToken);
        foreach (var asset in assets)
        {
            Logger.Log(
                LogLevel.Detail,
                $"{asset.DisplayPath} -> {asset.Path} ({asset.Visibility.ToWireValue()}, {asset.ContentType})"
            );
        }

        Assets = assets.Select(AssetItems.FromAsset).ToArray();
        return Task.FromResult(true);
    }
}
