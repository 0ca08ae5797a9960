using System.Collections.Concurrent;
using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Upload;

/// <summary>
/// Resolves Assets of the same name. A Service cannot be locked: another build may have created an Asset of the same name
/// at the same time, and a creation that was abandoned may have been carried out late. A run that created Assets therefore
/// lists them again at the end, and all runs follow one rule: the oldest stays. The run whose Asset is younger uploads to
/// the older one and deletes its own, which holds nothing but its own upload. A run whose Asset is the oldest leaves the
/// others alone, because an empty Asset may belong to a build that is just uploading to it. Only where an answer to this
/// run's own creation was lost, an empty Asset is taken for its own and deleted.
/// </summary>
internal sealed class DuplicateAssetResolver(
    ServerlessClient client,
    string serviceSid,
    AssetDirectory directory,
    AssetUploader uploader,
    IAssetLogger logger
)
{
    private Task<ILookup<string, AssetResource>>? _ahead;
    private int _requestedAhead;

    /// <summary>Lists the Assets while content is still being sent. Call it when no more Assets will be created.</summary>
    public void ListAhead(CancellationToken cancellationToken)
    {
        _requestedAhead = directory.Requested.Count;
        _ahead = _requestedAhead == 0 ? null : directory.RefreshAsync(cancellationToken);
    }

    /// <returns>The uploads, with those of duplicates replaced; sorted by path, ordinal.</returns>
    public async Task<IReadOnlyList<UploadedAsset>> ResolveAsync(
        IReadOnlyCollection<CompletedUpload> uploads,
        CancellationToken cancellationToken
    )
    {
        var resolved = new ConcurrentDictionary<string, UploadedAsset>(StringComparer.Ordinal);
        foreach (var upload in uploads)
        {
            resolved[upload.Asset.Asset.Path] = upload.Asset;
        }

        if (directory.Requested.Count > 0)
        {
            var list = await ListAsync(cancellationToken).ConfigureAwait(false);
            var duplicates = uploads.Where(upload => IsDuplicate(upload, list));
            await Parallel
                .ForEachAsync(
                    duplicates,
                    cancellationToken,
                    async (upload, token) =>
                    {
                        var path = upload.Asset.Asset.Path;
                        resolved[path] = await TryResolveAsync(upload, list[path], token).ConfigureAwait(false);
                    }
                )
                .ConfigureAwait(false);
        }

        return [.. resolved.Values.OrderBy(asset => asset.Asset.Path, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The list that was read ahead, unless an Asset was created since, in place of one that no longer exists, or the
    /// creation of one may still be carried out.
    /// </summary>
    private Task<ILookup<string, AssetResource>> ListAsync(CancellationToken cancellationToken)
    {
        var requested = directory.Requested;
        return _ahead is not null && _requestedAhead == requested.Count && !requested.Values.Contains(true)
            ? _ahead
            : directory.RefreshAsync(cancellationToken);
    }

    private bool IsDuplicate(CompletedUpload upload, ILookup<string, AssetResource> list)
    {
        var path = upload.Asset.Asset.Path;
        return directory.Requested.ContainsKey(path)
            && list[path].Any()
            && !list[path].Select(asset => asset.Sid).SequenceEqual([upload.Asset.AssetSid]);
    }

    /// <summary>The upload is complete, whichever Asset it belongs to: a failure to clean up does not fail the run.</summary>
    private async Task<UploadedAsset> TryResolveAsync(
        CompletedUpload upload,
        IEnumerable<AssetResource> assets,
        CancellationToken cancellationToken
    )
    {
        var oldestFirst = assets.Select(asset => asset.Sid).ToList();
        try
        {
            return await ResolveAsync(upload, oldestFirst, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException failure)
        {
            var path = upload.Asset.Asset.Path;
            logger.Log(
                LogLevel.Detail,
                $"The Assets named {path} could not be resolved: {failure.Reason} ({failure.Details})"
            );
            logger.Warn(ServiceDiagnostics.DoubledAsset(path, oldestFirst, upload.Asset.AssetSid, isLive: false));
            return upload.Asset;
        }
    }

    private async Task<UploadedAsset> ResolveAsync(
        CompletedUpload upload,
        List<string> oldestFirst,
        CancellationToken cancellationToken
    )
    {
        var own = upload.Asset;
        var path = own.Asset.Path;
        if (own.AssetSid != oldestFirst[0])
        {
            logger.Log(
                LogLevel.Detail,
                $"Another build created {oldestFirst[0]} for {path} before {own.AssetSid}: uploading to that one"
            );
            var moved = await uploader
                .UploadToAsync(upload.Content, oldestFirst[0], cancellationToken)
                .ConfigureAwait(false);
            await DeleteAsync(own.AssetSid, own.AssetVersionSid, cancellationToken).ConfigureAwait(false);
            return moved;
        }

        var mayBeOwn = directory.Requested[path];
        foreach (var other in oldestFirst.Skip(1).Where(_ => mayBeOwn))
        {
            await DeleteAsync(other, onlyVersion: null, cancellationToken).ConfigureAwait(false);
        }

        return own;
    }

    /// <summary>Deletes an Asset that has no versions, or none but the given one.</summary>
    private async Task DeleteAsync(string asset, string? onlyVersion, CancellationToken cancellationToken)
    {
        try
        {
            var versions = await client
                .AssetVersions.ListAsync(serviceSid, asset, ListPages.MaxSize, cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            if (versions.All(version => version.Sid == onlyVersion))
            {
                logger.Log(LogLevel.Detail, $"Deleting the duplicate Asset {asset}");
                await client.Assets.DeleteAsync(serviceSid, asset, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ServerlessApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            // The build that created it has deleted it.
        }
    }
}
