using System.Collections.Concurrent;
using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Upload;

/// <summary>
/// Nobody can lock a Service: another build may have created an Asset of the same name at the same time, and a creation
/// that was given up may have been carried out late. So whoever created Assets looks once more at the end, and all settle
/// by one rule: the oldest stays. The build whose Asset is younger uploads to the older one and deletes its own, which
/// holds nothing but its own upload. Who finds nobody older leaves the others alone: an empty Asset may be another build's
/// that is just being uploaded to. Only where an answer of our own was lost, an empty one is taken for ours and cleared away.
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
    private int _askedForAhead;

    /// <summary>All Assets are there, only content is still being sent: the list may be read meanwhile.</summary>
    public void LookAhead(CancellationToken cancellationToken)
    {
        _askedForAhead = directory.AskedFor.Count;
        _ahead = _askedForAhead == 0 ? null : directory.RefreshAsync(cancellationToken);
    }

    /// <param name="uploaded">Of this run, by path; gets the uploads that take the place of others.</param>
    /// <param name="hashed">What was uploaded, by path.</param>
    public async Task SettleAsync(
        ConcurrentDictionary<string, UploadedAsset> uploaded,
        IReadOnlyDictionary<string, HashedAsset> hashed,
        CancellationToken cancellationToken
    )
    {
        var asked = directory.AskedFor;
        if (asked.Count == 0)
        {
            return;
        }

        // Not what was read ahead, if an Asset has been created since (in the place of one that was gone), or a lost creation may turn up late.
        var isAheadCurrent = _ahead is not null && _askedForAhead == asked.Count && !asked.Values.Contains(true);
        var list = await (isAheadCurrent ? _ahead! : directory.RefreshAsync(cancellationToken)).ConfigureAwait(false);
        var unsettled = asked.Keys.Where(path =>
            uploaded.TryGetValue(path, out var mine)
            && !list[path].Select(asset => asset.Sid).SequenceEqual([mine.AssetSid])
            && list[path].Any()
        );
        await Parallel
            .ForEachAsync(
                unsettled,
                cancellationToken,
                async (path, token) =>
                {
                    var oldestFirst = list[path].Select(asset => asset.Sid).ToList();
                    try
                    {
                        await SettleAsync(path, oldestFirst, asked[path], uploaded, hashed[path], token)
                            .ConfigureAwait(false);
                    }
                    catch (ServerlessApiException failure)
                    {
                        // What was uploaded is good, whichever Asset it is of: the run does not fail over its tidying.
                        logger.Log(
                            LogLevel.Detail,
                            $"The Assets of {path} could not be settled: {failure.Reason} ({failure.Details})"
                        );
                        logger.Warn(
                            ServiceDiagnostics.DoubledAsset(path, oldestFirst, uploaded[path].AssetSid, isLive: false)
                        );
                    }
                }
            )
            .ConfigureAwait(false);
    }

    private async Task SettleAsync(
        string path,
        List<string> oldestFirst,
        bool mayBeOurs,
        ConcurrentDictionary<string, UploadedAsset> uploaded,
        HashedAsset asset,
        CancellationToken cancellationToken
    )
    {
        var mine = uploaded[path];
        if (mine.AssetSid != oldestFirst[0])
        {
            logger.Log(
                LogLevel.Detail,
                $"Another build created {oldestFirst[0]} for {path} a moment before {mine.AssetSid}: uploading to that one"
            );
            uploaded[path] = await uploader
                .UploadToAsync(asset, oldestFirst[0], cancellationToken)
                .ConfigureAwait(false);
            await DeleteAsync(mine.AssetSid, mine.AssetVersionSid, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var other in oldestFirst.Skip(1).Where(_ => mayBeOurs))
        {
            await DeleteAsync(other, onlyVersion: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes an Asset that holds nothing, or nothing but the one version.</summary>
    private async Task DeleteAsync(string asset, string? onlyVersion, CancellationToken cancellationToken)
    {
        try
        {
            var versions = await client
                .AssetVersions.ListAsync(
                    serviceSid,
                    asset,
                    pageSize: ListPages.MaxSize,
                    cancellationToken: cancellationToken
                )
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false);
            if (versions.All(version => version.Sid == onlyVersion))
            {
                logger.Log(LogLevel.Detail, $"Deleting the second Asset {asset}");
                await client.Assets.DeleteAsync(serviceSid, asset, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ServerlessApiException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            // Its build was faster.
        }
    }
}
