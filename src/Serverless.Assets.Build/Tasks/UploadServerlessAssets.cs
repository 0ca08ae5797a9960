using Microsoft.Build.Framework;
using Serverless.Assets.Results;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Uploads the files that are new or changed, and writes the manifest.</summary>
[MSBuildMultiThreadableTask]
public sealed class UploadServerlessAssets : ServiceTask
{
    /// <summary>The output of <see cref="CollectServerlessAssets"/>.</summary>
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>Whether a deployment follows, which then logs the last line of the project.</summary>
    public bool DeploymentFollows { get; set; }

    /// <summary>The page of the emulator and how to open it; empty without one.</summary>
    public string EmulatorHint { get; set; } = "";

    /// <summary>
    /// <c>ZN…</c> with <c>AssetPath</c>, <c>Visibility</c>, <c>AssetSid</c>, <c>ContentType</c>, <c>Sha256</c>,
    /// <c>Size</c>, <c>SourceFile</c>, <c>Status</c>.
    /// </summary>
    [Output]
    public ITaskItem[] AssetVersions { get; private set; } = [];

    /// <summary>
    /// SID of the Service, even if only its name was set: <c>ZS…</c>; empty if there are no assets.
    /// </summary>
    [Output]
    public string ServiceSid { get; private set; } = "";

    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var assets = Assets.Select(AssetItems.ToAsset).ToList();
        var progress = new UploadProgress(assets.Count);
        var outcome = await new UploadPipeline(Context)
            .UploadAsync(assets, Values, progress, cancellationToken)
            .ConfigureAwait(false);
        if (outcome is not UploadResult result)
        {
            if (outcome is not null)
            {
                Report(outcome);
            }

            return true;
        }

        AssetVersions = result.Assets.Select(AssetItems.FromUploaded).ToArray();
        ServiceSid = result.ServiceSid;
        Report(result);
        Log.LogMessage(MessageImportance.Low, "{0}", UploadSummary.Format(result));
        if (!DeploymentFollows)
        {
            LogProjectLine(result.ManifestPath, EmulatorHint);
        }

        return true;
    }
}
