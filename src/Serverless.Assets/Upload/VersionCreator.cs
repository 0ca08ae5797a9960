using System.Net;
using System.Runtime.ExceptionServices;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;

namespace Serverless.Assets.Upload;

/// <summary>
/// Uploads one file as a new version of an Asset that the user named. Unlike an upload of a project, it neither reads
/// nor writes the upload state and the manifest: the user asks for a new version even if the file is unchanged.
/// </summary>
internal sealed class VersionCreator(OperationContext operation, Sid serviceSid, bool isNewService)
{
    /// <param name="local">The file. The operation fails if it changes meanwhile.</param>
    /// <param name="asset">An Asset that is named by its path is created if it does not exist.</param>
    /// <exception cref="AssetException">The file can't be read, or there is no Asset with the SID.</exception>
    /// <exception cref="ServerlessApiException">Another request failed.</exception>
    public async Task<CreatedVersionResult> CreateAsync(
        LocalAsset local,
        AssetReference asset,
        CancellationToken cancellationToken
    )
    {
        var engine = operation.Engine;
        var progress = operation.Progress;
        using var report = new ProgressReport(progress, engine);
        var hasher = new AssetHasher(engine.Files, state: null, engine.Clock);
        var hashed = await hasher.HashAsync(local, cancellationToken).ConfigureAwait(false);
        progress.OnBytesToSend(hashed.Hash.Length);
        var (assetSid, isNew) = await GetAssetAsync(asset, cancellationToken).ConfigureAwait(false);
        progress.OnPrepared();
        var version = await SendAsync(hashed, assetSid, cancellationToken).ConfigureAwait(false);
        progress.OnDone(AssetStatus.Uploaded);
        return new CreatedVersionResult(serviceSid, assetSid, local, version, hashed.Hash, isNew);
    }

    private async Task<(Sid Sid, bool IsNew)> GetAssetAsync(AssetReference asset, CancellationToken cancellationToken)
    {
        if (asset.Sid is { } known)
        {
            return (known, false);
        }

        var path = asset.Path!;
        var assets = new ServiceAssets(operation, serviceSid, isNewService, hasTurns: false, cancellationToken);
        await using (assets.ConfigureAwait(false))
        {
            var sid = await assets.Resolver.GetOrCreateAsync(path, cancellationToken).ConfigureAwait(false);
            var isNew = assets.Resolver.HasCreated(path, sid);
            if (isNew)
            {
                operation.Engine.Logger.Log(LogLevel.Summary, $"Created the Asset {path} ({sid})");
            }

            return (sid, isNew);
        }
    }

    private async Task<AssetVersionResource> SendAsync(
        HashedAsset hashed,
        Sid assetSid,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await operation
                .Client.AssetVersions.CreateAsync(
                    serviceSid,
                    assetSid,
                    hashed.Local.Path,
                    hashed.Local.Visibility,
                    new HashedFileContent(hashed, operation.Engine.Files, operation.Progress.OnBytesSent),
                    cancellationToken: cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (AssetContentException unreadable) when (unreadable.InnerException is AssetException problem)
        {
            ExceptionDispatchInfo.Throw(problem);
            throw;
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            throw new AssetException(ServiceDiagnostics.AssetNotFound(assetSid, serviceSid, similar: []), notFound);
        }
    }
}
