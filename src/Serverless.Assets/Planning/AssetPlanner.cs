using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.State;

namespace Serverless.Assets.Planning;

/// <summary>
/// The fourth step: decides for each asset whether it is to be uploaded. Reads only: a plan never changes the service.
/// </summary>
internal sealed class AssetPlanner(
    ServerlessClient client,
    ServiceResource service,
    LiveEnvironment live,
    UploadState state,
    TimeProvider clock
)
{
    /// <summary>
    /// The service deletes versions that no Build holds after 7 days. What was uploaded (or seen live) less than 6 days
    /// ago is there, unless somebody deleted its Asset by hand, and then the Build is refused.
    /// </summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromDays(6);

    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromHours(1);

    public async Task<PlannedAsset> PlanAsync(HashedAsset asset, CancellationToken cancellationToken)
    {
        var remembered = state.FindUpload(KeyOf(asset));
        return new PlannedAsset(
            asset,
            remembered is not null && await IsThereAsync(remembered, cancellationToken).ConfigureAwait(false)
                ? remembered
                : null
        );
    }

    public StateKey KeyOf(HashedAsset asset) =>
        new(
            service.AccountSid,
            service.Sid,
            asset.Asset.Path,
            asset.Asset.Visibility,
            asset.Asset.ContentType,
            asset.Hash.Sha256
        );

    private async Task<bool> IsThereAsync(RememberedUpload upload, CancellationToken cancellationToken)
    {
        // Either way: a time in the future is a clock that was wrong.
        if ((clock.GetUtcNow() - upload.KnownAt).Duration() < TrustedFor)
        {
            return true;
        }

        if (await live.HoldsAsync(upload.AssetVersionSid).ConfigureAwait(false))
        {
            state.RecordUpload(upload with { KnownAt = clock.GetUtcNow() });
            return true;
        }

        // Some other Build may hold it, but nobody knows for how long: it is asked for again after an hour.
        if (
            await client
                .AssetVersions.FindAsync(service.Sid, upload.AssetSid, upload.AssetVersionSid, cancellationToken)
                .ConfigureAwait(false)
            is not null
        )
        {
            state.RecordUpload(upload with { KnownAt = clock.GetUtcNow() - TrustedFor + AskedAgainAfter });
            return true;
        }

        state.Forget(upload.AssetVersionSid);
        return false;
    }
}
