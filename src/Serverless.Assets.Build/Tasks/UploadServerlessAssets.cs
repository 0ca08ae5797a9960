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
    /// <c>Size</c>, <c>SourceFile</c>, <c>Status</c>, <c>ServiceSid</c>.
    /// </summary>
    [Output]
    public ITaskItem[] AssetVersions { get; private set; } = [];

    /// <summary>
    /// SID of the default Service, even if only its name was set: <c>ZS…</c>; empty if it gets no assets.
    /// </summary>
    [Output]
    public string ServiceSid { get; private set; } = "";

    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var assets = Assets.Select(AssetItems.ToAsset).ToList();
        var progress = new UploadProgress(assets.Count);
        var result = await new ProjectPipeline(Context)
            .UploadAsync(assets, Values, progress, cancellationToken)
            .ConfigureAwait(false);
        if (result is null)
        {
            return true;
        }

        var uploads = result.GetOperations().OfType<UploadResult>().ToList();
        AssetVersions =
        [
            .. uploads.SelectMany(upload =>
                upload.Assets.Select(asset => AssetItems.FromUploaded(asset, upload.ServiceSid))
            ),
        ];
        ServiceSid = uploads.Find(upload => upload.ManifestPath == Values.ManifestPath)?.ServiceSid ?? "";
        Report(result);
        foreach (var upload in uploads)
        {
            Log.LogMessage(MessageImportance.Low, "{0}", UploadSummary.Format(upload));
        }

        if (uploads is [var first, ..] && !DeploymentFollows)
        {
            LogProjectLine(first.ManifestPath, EmulatorHint);
        }

        return true;
    }
}
