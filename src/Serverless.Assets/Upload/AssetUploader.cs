using System.Net;
using Serverless.Assets.Api;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>The fifth step, for one file: makes its Asset if there is none, and its Asset Version.</summary>
internal sealed class AssetUploader(
    ServerlessApi api,
    ServiceResource service,
    AssetDirectory directory,
    AssetPlanner planner,
    UploadState state,
    UploadProgress progress,
    EngineContext context
)
{
    public async Task<UploadedAsset> UploadAsync(
        HashedAsset asset,
        Action onAssetKnown,
        CancellationToken cancellationToken
    )
    {
        var path = asset.Asset.Path;
        var known = state.FindAssetSid(new AssetKey(service.AccountSid, service.Sid, path));
        var assetSid = known ?? await directory.GetOrCreateAsync(path, cancellationToken).ConfigureAwait(false);
        onAssetKnown();
        try
        {
            return await UploadToAsync(asset, assetSid, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            context.Logger.Log(
                LogLevel.Detail,
                $"Asset {assetSid} of {path} is gone from the service: looking for another"
            );
            return await UploadToAsync(
                    asset,
                    await directory.ReplaceAsync(path, cancellationToken).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Makes an Asset Version of the given Asset, and remembers it.</summary>
    public async Task<UploadedAsset> UploadToAsync(
        HashedAsset asset,
        string assetSid,
        CancellationToken cancellationToken
    )
    {
        var version = await SendAsync(asset, assetSid, cancellationToken).ConfigureAwait(false);
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

    private Task<AssetVersionResource> SendAsync(
        HashedAsset asset,
        string assetSid,
        CancellationToken cancellationToken
    ) =>
        api.CreateAssetVersionAsync(
            service.Sid,
            assetSid,
            asset.Asset.Path,
            onProgress =>
                UploadBody.Create(
                    asset,
                    context.Files,
                    sent =>
                    {
                        onProgress();
                        progress.OnBytesSent(sent);
                    }
                ),
            cancellationToken,
            version =>
                state.RecordUpload(
                    new RememberedUpload(planner.KeyOf(asset), assetSid, version.Sid, context.Clock.GetUtcNow())
                )
        );
}
