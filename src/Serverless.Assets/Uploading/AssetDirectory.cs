using System.Collections.Concurrent;
using Serverless.Assets.Api;
using Serverless.Assets.Deploying;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Uploading;

/// <summary>
/// Finds the Asset of each path by its friendly name, and creates what is missing. The service lets two Assets have one
/// name, so nothing is created on a guess: when the answer to a creation is lost, the list is read again first.
/// </summary>
internal sealed class AssetDirectory(ServerlessApi api, string serviceSid, LiveEnvironment live, IAssetLogger logger)
{
    /// <summary>How often a creation of one Asset is tried whose answers get lost.</summary>
    private const int MaxCreations = 8;

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, string> _created = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _createdTwice = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<string?>> _chosen = new(StringComparer.Ordinal);
    private Task<ILookup<string, AssetResource>>? _list;
    private Task<ILookup<string, AssetResource>>? _runningList;
    private Task<ILookup<string, AssetResource>>? _nextList;

    /// <summary>The SID of the path's Asset.</summary>
    public async Task<string> GetOrCreateAsync(string path, CancellationToken cancellation)
    {
        for (var creation = 1; ; creation++)
        {
            if (await FindAsync(path, cancellation).ConfigureAwait(false) is { } known)
            {
                return known;
            }

            try
            {
                var asset = await api.CreateAssetAsync(serviceSid, path, cancellation).ConfigureAwait(false);
                _created[path] = asset.Sid;
                return asset.Sid;
            }
            catch (ApiException lost) when (lost.Failure == ApiFailure.Ambiguous && creation < MaxCreations)
            {
                logger.Log(LogLevel.Detail, $"The answer to the creation of Asset {path} was lost ({lost.Reason}): looking whether it exists");
                await ListAgainAsync(cancellation).ConfigureAwait(false);
                if (await FindAsync(path, cancellation).ConfigureAwait(false) is null)
                {
                    _createdTwice[path] = 0;
                }
            }
        }
    }

    /// <summary>The Asset that was known is gone: the list is read again, and one is created if it has none.</summary>
    public async Task<string> ReplaceAsync(string path, CancellationToken cancellation)
    {
        _created.TryRemove(path, out _);
        _chosen.TryRemove(path, out _);
        await ListAgainAsync(cancellation).ConfigureAwait(false);
        return await GetOrCreateAsync(path, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// A creation that was given up may have been carried out late, after the list was read again. Deletes the second
    /// Asset if that happened, and only if it is empty.
    /// </summary>
    public async Task RemoveLateDoublesAsync(CancellationToken cancellation)
    {
        if (_createdTwice.IsEmpty)
        {
            return;
        }

        var list = await ListAgainAsync(cancellation).ConfigureAwait(false);
        foreach (var path in _createdTwice.Keys)
        {
            foreach (var other in list[path].Where(asset => _created.TryGetValue(path, out var used) && asset.Sid != used))
            {
                if (await api.ListAssetVersionsAsync(serviceSid, other.Sid, cancellation).ConfigureAwait(false) is [])
                {
                    logger.Log(LogLevel.Detail, $"Deleting the empty second Asset {other.Sid} of {path}");
                    await api.DeleteAssetAsync(serviceSid, other.Sid, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<string?> FindAsync(string path, CancellationToken cancellation)
    {
        if (_created.TryGetValue(path, out var created))
        {
            return created;
        }

        var list = await ListAsync(cancellation).ConfigureAwait(false);
        return list[path].ToList() switch
        {
            [] => null,
            [var only] => only.Sid,
            var doubled => await _chosen.GetOrAdd(path, _ => ChooseAsync(path, doubled)).ConfigureAwait(false),
        };
    }

    /// <summary>Of two Assets of one name: the one that is live, else the oldest.</summary>
    private async Task<string?> ChooseAsync(string path, IReadOnlyList<AssetResource> doubled)
    {
        var versions = (await live.GetBuildAsync().ConfigureAwait(false))?.AssetVersions ?? [];
        var isLive = doubled.FirstOrDefault(asset => versions.Any(version => version.AssetSid == asset.Sid));
        var chosen = isLive ?? doubled.MinBy(asset => asset.DateCreated)!;
        logger.Warn(ServiceDiagnostics.DoubledAsset(path, doubled.Select(asset => asset.Sid), chosen.Sid, isLive is not null));
        return chosen.Sid;
    }

    private Task<ILookup<string, AssetResource>> ListAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _list ??= FetchListAsync(cancellation);
        }
    }

    /// <summary>A list that is read from now on. All who ask before it begins share it; until it is there the last one serves.</summary>
    private Task<ILookup<string, AssetResource>> ListAgainAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _list is null ? _list = FetchListAsync(cancellation) : _nextList ??= FetchListAfterAsync(_runningList ?? _list, cancellation);
        }
    }

    private async Task<ILookup<string, AssetResource>> FetchListAfterAsync(Task before, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _runningList = _nextList;
            _nextList = null;
        }

        var list = await FetchListAsync(cancellation).ConfigureAwait(false);
        lock (_lock)
        {
            _list = Task.FromResult(list);
        }

        return list;
    }

    private async Task<ILookup<string, AssetResource>> FetchListAsync(CancellationToken cancellation)
    {
        var assets = await api.ListAssetsAsync(serviceSid, cancellation).ConfigureAwait(false);
        return assets.ToLookup(asset => asset.FriendlyName, StringComparer.Ordinal);
    }
}
