using System.Collections.Concurrent;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Upload;

/// <summary>
/// Finds the Asset of each path by its friendly name, and creates what is missing. The service lets two Assets have one
/// name, so nothing is created on a guess: when the answer to a creation is lost, the list is read again first.
/// </summary>
internal sealed class AssetDirectory(
    ServerlessClient client,
    string serviceSid,
    AssetList list,
    LiveEnvironment live,
    IAssetLogger logger,
    AssetCreationLock? turn = null
)
{
    /// <summary>How often a creation of one Asset is tried whose answers get lost.</summary>
    private const int MaxCreations = 8;

    private readonly ConcurrentDictionary<string, string> _created = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _askedFor = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<string?>> _chosen = new(StringComparer.Ordinal);

    /// <summary>Paths for which an Asset was asked for in this run, and whether an answer was lost: then one of ours may turn up late.</summary>
    public IReadOnlyDictionary<string, bool> AskedFor => _askedFor;

    /// <summary>The SID of the path's Asset.</summary>
    public async Task<string> GetOrCreateAsync(string path, CancellationToken cancellationToken)
    {
        if (turn is not null)
        {
            await turn.EnterAsync(list.RefreshAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        for (var creation = 1; ; creation++)
        {
            if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            try
            {
                _askedFor.TryAdd(path, false);
                var asset = await client.Assets.CreateAsync(serviceSid, path, cancellationToken).ConfigureAwait(false);
                _created[path] = asset.Sid;
                return asset.Sid;
            }
            catch (ServerlessApiException lost) when (lost.Failure == ApiFailure.Ambiguous && creation < MaxCreations)
            {
                _askedFor[path] = true;
                logger.Log(
                    LogLevel.Detail,
                    $"The answer to the creation of Asset {path} was lost ({lost.Reason}): looking whether it exists"
                );
                await list.RefreshAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether this run made the Asset of the path.</summary>
    public bool HasCreated(string path, string assetSid) =>
        _created.TryGetValue(path, out var created) && created == assetSid;

    /// <summary>The Asset that was known is gone: the list is read again, and one is created if it has none.</summary>
    public async Task<string> ReplaceAsync(string path, CancellationToken cancellationToken)
    {
        _created.TryRemove(path, out _);
        _chosen.TryRemove(path, out _);
        await list.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return await GetOrCreateAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The Assets of each name as they are now, oldest first.</summary>
    public Task<ILookup<string, AssetResource>> RefreshAsync(CancellationToken cancellationToken) =>
        list.RefreshAsync(cancellationToken);

    private async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        if (_created.TryGetValue(path, out var created))
        {
            return created;
        }

        var assets = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        return assets[path].ToList() switch
        {
            [] => null,
            [var only] => only.Sid,
            var doubled => await _chosen.GetOrAdd(path, _ => ChooseAsync(path, doubled)).ConfigureAwait(false),
        };
    }

    /// <summary>Of two Assets of one name: the one that is live, else the oldest.</summary>
    private async Task<string?> ChooseAsync(string path, List<AssetResource> oldestFirst)
    {
        var versions = (await live.GetBuildAsync().ConfigureAwait(false))?.AssetVersions ?? [];
        var isLive = oldestFirst.FirstOrDefault(asset => versions.Any(version => version.AssetSid == asset.Sid));
        var chosen = isLive ?? oldestFirst[0];
        logger.Warn(
            ServiceDiagnostics.DoubledAsset(
                path,
                oldestFirst.Select(asset => asset.Sid),
                chosen.Sid,
                isLive is not null
            )
        );
        return chosen.Sid;
    }
}
