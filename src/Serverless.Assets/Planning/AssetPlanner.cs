using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.State;

namespace Serverless.Assets.Planning;

/// <summary>Determines which assets have to be uploaded. Never changes anything on the service.</summary>
internal sealed class AssetPlanner(
    ServerlessClient client,
    ServiceIdentity service,
    LiveBuild live,
    UploadState state,
    ISharedUploads shared
)
{
    /// <summary>
    /// The service deletes versions that are in no Build after 7 days. A version that was uploaded, or found in a
    /// deployed Build, less than 6 days ago is assumed to exist. If its Asset was deleted manually, the service rejects
    /// the Build.
    /// </summary>
    private static readonly TimeSpan TrustedAge = TimeSpan.FromDays(6);

    private static readonly TimeSpan RecheckInterval = TimeSpan.FromHours(1);

    public async Task<UploadDecision> PlanAsync(HashedAsset asset, CancellationToken cancellationToken)
    {
        var key = GetKey(asset);
        if (state.FindUpload(key) is { } own && await ExistsAsync(own, cancellationToken).ConfigureAwait(false))
        {
            shared.Share(own);
            return new UploadDecision(asset, own);
        }

        return new UploadDecision(asset, await shared.FindAsync(key, cancellationToken).ConfigureAwait(false));
    }

    public StateKey GetKey(HashedAsset asset) =>
        new(
            service.AccountSid,
            service.Sid,
            asset.Local.Path,
            asset.Local.Visibility,
            asset.Local.ContentType,
            asset.Hash.Sha256
        );

    private async Task<bool> ExistsAsync(RememberedUpload upload, CancellationToken cancellationToken)
    {
        // A time in the future is the result of a wrong clock.
        if ((client.Clock.GetUtcNow() - upload.KnownAt).Duration() < TrustedAge)
        {
            return true;
        }

        if (await live.ContainsAsync(upload.AssetVersionSid).ConfigureAwait(false))
        {
            state.RecordUpload(upload with { KnownAt = client.Clock.GetUtcNow() });
            return true;
        }

        // Another Build may contain it for an unknown time: check again after an hour.
        if (
            await client
                .AssetVersions.FindAsync(service.Sid, upload.AssetSid, upload.AssetVersionSid, cancellationToken)
                .ConfigureAwait(false)
            is not null
        )
        {
            state.RecordUpload(upload with { KnownAt = client.Clock.GetUtcNow() - TrustedAge + RecheckInterval });
            return true;
        }

        state.Forget(upload.AssetVersionSid);
        return false;
    }
}

/// <summary>An asset and whether to upload it.</summary>
/// <param name="Remembered">The earlier upload to reuse; null if the asset has to be uploaded.</param>
internal sealed record UploadDecision(HashedAsset Asset, RememberedUpload? Remembered)
{
    public PlannedAction Action => Remembered is null ? PlannedAction.Upload : PlannedAction.Unchanged;
}

/// <summary>What an upload does with an asset.</summary>
internal enum PlannedAction
{
    /// <summary>There is no Asset Version with this content.</summary>
    Upload,

    /// <summary>An earlier run uploaded the asset, and the service still has it.</summary>
    Unchanged,
}
