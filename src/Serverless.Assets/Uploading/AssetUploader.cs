using System.Net;
using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Uploading;

/// <summary>The fifth step, for one file: makes its Asset if there is none, and its Asset Version.</summary>
internal sealed class AssetUploader(
    ServerlessApi api,
    ServiceResource service,
    AssetDirectory directory,
    AssetPlanner planner,
    UploadState state,
    UploadProgress progress,
    AssetHost host
)
{
    public async Task<UploadedAsset> UploadAsync(HashedAsset asset, Action onAssetKnown, CancellationToken cancellation)
    {
        var path = asset.Asset.Path;
        var known = state.FindAssetSid(new AssetKey(service.AccountSid, service.Sid, path));
        var assetSid = known ?? await directory.GetOrCreateAsync(path, cancellation).ConfigureAwait(false);
        onAssetKnown();
        try
        {
            return await UploadToAsync(asset, assetSid, cancellation).ConfigureAwait(false);
        }
        catch (ApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            host.Logger.Log(
                LogLevel.Detail,
                $"Asset {assetSid} of {path} is gone from the service: looking for another"
            );
            return await UploadToAsync(
                    asset,
                    await directory.ReplaceAsync(path, cancellation).ConfigureAwait(false),
                    cancellation
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Makes an Asset Version of the given Asset, and remembers it.</summary>
    public async Task<UploadedAsset> UploadToAsync(HashedAsset asset, string assetSid, CancellationToken cancellation)
    {
        var version = await SendAsync(asset, assetSid, cancellation).ConfigureAwait(false);
        return new UploadedAsset(
            asset.Asset,
            version.Sid,
            assetSid,
            asset.Hash.Length,
            asset.Hash.Sha256,
            asset.Hash.Sha384,
            AssetStatus.Uploaded,
            directory.HasCreated(asset.Asset.Path, assetSid)
        );
    }

    private Task<AssetVersionResource> SendAsync(HashedAsset asset, string assetSid, CancellationToken cancellation) =>
        api.CreateAssetVersionAsync(
            service.Sid,
            assetSid,
            asset.Asset.Path,
            onProgress =>
                UploadBody.Create(
                    asset,
                    host.Files,
                    sent =>
                    {
                        onProgress();
                        progress.OnBytesSent(sent);
                    }
                ),
            cancellation,
            version =>
                state.RecordUpload(
                    new RememberedUpload(planner.KeyOf(asset), assetSid, version.Sid, host.Clock.GetUtcNow())
                )
        );
}
