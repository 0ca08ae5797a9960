using System.Net;
using System.Runtime.ExceptionServices;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>Sends the requests of one file: creates its Asset, if there is none, and its Asset Version.</summary>
internal sealed class AssetUploader(
    ServerlessClient client,
    ServiceIdentity service,
    AssetResolver resolver,
    AssetPlanner planner,
    UploadState state,
    UploadProgress progress,
    EngineContext context
)
{
    /// <summary>
    /// Gets the SID of the file's Asset from the upload state, that of others, or the service; creates the Asset if there
    /// is none.
    /// </summary>
    /// <param name="onCreated">As for <see cref="AssetResolver.GetOrCreateAsync"/>.</param>
    public async ValueTask<Sid> GetAssetAsync(
        HashedAsset asset,
        UploadTurn turn,
        Action? onCreated,
        CancellationToken cancellationToken
    )
    {
        var path = asset.Local.Path;
        if ((state.FindAssetSid(new AssetKey(service.AccountSid, service.Sid, path)) ?? turn.AssetSid) is { } known)
        {
            return known;
        }

        if (turn.MayAssetBeNew)
        {
            await resolver.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return await resolver.GetOrCreateAsync(path, cancellationToken, onCreated).ConfigureAwait(false);
    }

    /// <summary>An upload of this run, as others can use it.</summary>
    public RememberedUpload ToRemembered(HashedAsset asset, UploadedAsset uploaded) =>
        new(planner.GetKey(asset), uploaded.AssetSid, uploaded.AssetVersionSid, client.Clock.GetUtcNow());

    /// <summary>Creates an Asset Version. An Asset that no longer exists is replaced.</summary>
    public async Task<UploadedAsset> UploadAsync(HashedAsset asset, Sid assetSid, CancellationToken cancellationToken)
    {
        var path = asset.Local.Path;
        try
        {
            return await UploadToAsync(asset, assetSid, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            context.Logger.Log(LogLevel.Detail, $"Asset {assetSid} of {path} no longer exists: looking for another");
            assetSid = await resolver.ReplaceAsync(path, cancellationToken).ConfigureAwait(false);
            return await UploadToAsync(asset, assetSid, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates an Asset Version of the given Asset and records it in the upload state.</summary>
    public async Task<UploadedAsset> UploadToAsync(HashedAsset asset, Sid assetSid, CancellationToken cancellationToken)
    {
        var version = await SendAsync(asset, assetSid, cancellationToken).ConfigureAwait(false);
        return new UploadedAsset(
            asset.Local,
            version.Sid,
            assetSid,
            asset.Hash.Length,
            asset.Hash.Sha256,
            asset.Hash.Sha384,
            AssetStatus.Uploaded,
            resolver.HasCreated(asset.Local.Path, assetSid)
        );
    }

    private async Task<AssetVersionResource> SendAsync(
        HashedAsset asset,
        Sid assetSid,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client
                .AssetVersions.CreateAsync(
                    service.Sid,
                    assetSid,
                    asset.Local.Path,
                    asset.Local.Visibility,
                    new HashedFileContent(asset, context.Files, progress.OnBytesSent),
                    check: version => RequireNew(asset, version.Sid),
                    onCreated: version => Record(asset, assetSid, version.Sid),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (AssetContentException unreadable) when (unreadable.InnerException is AssetException problem)
        {
            ExceptionDispatchInfo.Throw(problem);
            throw;
        }
    }

    /// <exception cref="MismatchedResponseException">An earlier run got this version for something else.</exception>
    private void RequireNew(HashedAsset asset, Sid versionSid)
    {
        if (state.HasOtherUpload(versionSid, planner.GetKey(asset)))
        {
            throw new MismatchedResponseException($"{versionSid} is what an earlier run uploaded");
        }
    }

    /// <summary>
    /// Records the version, so that the next run does not upload the file again even if this one is killed.
    /// </summary>
    private void Record(HashedAsset asset, Sid assetSid, Sid versionSid) =>
        state.RecordUpload(new RememberedUpload(planner.GetKey(asset), assetSid, versionSid, client.Clock.GetUtcNow()));
}
