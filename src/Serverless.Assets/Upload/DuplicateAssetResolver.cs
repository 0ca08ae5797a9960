using System.Collections.Concurrent;
using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>
/// Resolves Assets with the same name. A Service cannot be locked: another build may have created an Asset with the
/// same name concurrently, and the service may have completed an abandoned creation late. A run that created Assets
/// therefore lists them again at the end, and all runs follow one rule: the oldest is kept. The run with the newer
/// Asset uploads to the older one and deletes its own, which contains only its own upload. A run whose Asset is the
/// oldest keeps the others, because an empty Asset may belong to a build that is still uploading to it. Only if a
/// response to this run's creation was lost does it assume that an empty Asset is its own, and deletes it.
/// </summary>
internal sealed class DuplicateAssetResolver(
    ServerlessClient client,
    Sid serviceSid,
    AssetResolver resolver,
    AssetUploader uploader,
    ISharedUploads shared,
    IAssetLogger logger
)
{
    private Task<ILookup<string, AssetResource>>? _ahead;
    private int _requestedAhead;

    /// <summary>
    /// Starts listing the Assets while content is still being sent. Call it when no more Assets will be created.
    /// </summary>
    public void ListAhead(CancellationToken cancellationToken)
    {
        _requestedAhead = resolver.Requested.Count;
        _ahead = _requestedAhead == 0 ? null : resolver.RefreshAsync(cancellationToken);
    }

    /// <returns>The uploads, with those of duplicates replaced, sorted by path (ordinal).</returns>
    public async Task<IReadOnlyList<UploadedAsset>> ResolveAsync(
        IReadOnlyCollection<CompletedUpload> uploads,
        CancellationToken cancellationToken
    )
    {
        var resolved = new ConcurrentDictionary<string, UploadedAsset>(StringComparer.Ordinal);
        foreach (var upload in uploads)
        {
            resolved[upload.Asset.Local.Path] = upload.Asset;
        }

        if (resolver.Requested.Count > 0)
        {
            var list = await ListAsync(cancellationToken).ConfigureAwait(false);
            var duplicates = uploads.Where(upload => IsDuplicate(upload, list));
            await Parallel
                .ForEachAsync(
                    duplicates,
                    cancellationToken,
                    async (upload, token) =>
                    {
                        var path = upload.Asset.Local.Path;
                        resolved[path] = await ResolveAsync(upload, list[path], token).ConfigureAwait(false);
                    }
                )
                .ConfigureAwait(false);
        }

        return [.. resolved.Values.OrderBy(asset => asset.Local.Path, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Returns the list that was read ahead, unless an Asset has been created since to replace a missing one, or the
    /// service may still complete a creation.
    /// </summary>
    private Task<ILookup<string, AssetResource>> ListAsync(CancellationToken cancellationToken)
    {
        var requested = resolver.Requested;
        return _ahead is not null && _requestedAhead == requested.Count && !requested.Values.Contains(true)
            ? _ahead
            : resolver.RefreshAsync(cancellationToken);
    }

    private bool IsDuplicate(CompletedUpload upload, ILookup<string, AssetResource> list)
    {
        var path = upload.Asset.Local.Path;
        return resolver.Requested.ContainsKey(path)
            && list[path].Any()
            && !(list[path].ToList() is [var only] && only.Sid == upload.Asset.AssetSid);
    }

    /// <summary>
    /// A request that fails here does not fail the run, because the upload is complete with either Asset.
    /// </summary>
    private async Task<UploadedAsset> ResolveAsync(
        CompletedUpload upload,
        IEnumerable<AssetResource> assets,
        CancellationToken cancellationToken
    )
    {
        var own = upload.Asset;
        var path = own.Local.Path;
        var oldestFirst = assets.Select(asset => asset.Sid).ToList();
        var oldest = oldestFirst[0];
        var chosen = own;
        var reason = AssetChoice.Oldest;
        try
        {
            if (own.AssetSid != oldest)
            {
                logger.Log(
                    LogLevel.Detail,
                    $"Another build created {oldest} for {path} before {own.AssetSid}: uploading to it instead"
                );
                reason = AssetChoice.Created;
                chosen = await uploader.UploadToAsync(upload.Content, oldest, cancellationToken).ConfigureAwait(false);
                reason = AssetChoice.Oldest;
                if (!await ReplaceSharedAsync(upload, chosen).ConfigureAwait(false))
                {
                    await DeleteAsync(own.AssetSid, own.AssetVersionSid, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (resolver.Requested[path]) // the others may be this run's own
            {
                foreach (var other in oldestFirst.Skip(1))
                {
                    await DeleteAsync(other, onlyVersion: null, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (ServerlessApiException failure)
        {
            logger.Log(
                LogLevel.Detail,
                $"The Assets named {path} could not be resolved: {failure.Reason} ({failure.Details})"
            );
            logger.Warn(
                ServiceDiagnostics.DuplicateAsset(
                    path,
                    oldestFirst.Select(sid => sid.ToString()),
                    chosen.AssetSid,
                    reason
                )
            );
        }

        return chosen;
    }

    private ValueTask<bool> ReplaceSharedAsync(CompletedUpload upload, UploadedAsset chosen) =>
        shared.ReplaceAsync(
            uploader.ToRemembered(upload.Content, upload.Asset),
            uploader.ToRemembered(upload.Content, chosen)
        );

    /// <summary>Deletes an Asset that has no versions or only the given one.</summary>
    private async Task DeleteAsync(Sid asset, Sid? onlyVersion, CancellationToken cancellationToken)
    {
        try
        {
            var versions = await client
                .AssetVersions.ListAllAsync(serviceSid, asset, cancellationToken)
                .ConfigureAwait(false);
            if (versions.All(version => version.Sid == onlyVersion))
            {
                logger.Log(LogLevel.Detail, $"Deleting the duplicate Asset {asset}");
                await client.Assets.DeleteAsync(serviceSid, asset, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            // The build that created it has deleted it.
        }
    }
}
