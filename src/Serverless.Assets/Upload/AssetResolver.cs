using System.Collections.Concurrent;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Upload;

/// <summary>
/// Finds the Asset of each path by its friendly name, and creates missing ones. The service accepts two Assets with one
/// name, so if the response to a creation is lost, this class reads the list again before the next attempt.
/// </summary>
/// <param name="creationLock">
/// Held while Assets are created; null disables coordination with other runs on this machine.
/// </param>
internal sealed class AssetResolver(
    ServerlessClient client,
    Sid serviceSid,
    AssetList list,
    LiveBuild live,
    IAssetLogger logger,
    MachineLock? creationLock = null
)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, AssetResource> _created = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _requested = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<AssetResource>> _chosen = new(StringComparer.Ordinal);
    private Task? _ready;

    /// <summary>
    /// Paths for which this run requested an Asset, and whether a response was lost. If so, an Asset of this run may
    /// appear late.
    /// </summary>
    public IReadOnlyDictionary<string, bool> Requested => _requested;

    /// <summary>Acquires the lock and reads the list, so that <see cref="GetOrCreateAsync"/> need not wait.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await GetReadyAsync(cancellationToken).ConfigureAwait(false);
        await list.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets the SID of the path's Asset.</summary>
    /// <param name="onCreated">
    /// Called when this run has created the Asset, before another request is sent in place of the creation.
    /// </param>
    public async Task<Sid> GetOrCreateAsync(string path, CancellationToken cancellationToken, Action? onCreated = null)
    {
        await GetReadyAsync(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        var isUndecided = false;
        var asset = await client
            .FindOrCreateAsync(
                async token =>
                {
                    if (isUndecided)
                    {
                        await list.RefreshAsync(token).ConfigureAwait(false);
                    }

                    return await FindAsync(path, token).ConfigureAwait(false);
                },
                token => CreateAsync(path, onCreated, token),
                lost =>
                {
                    isUndecided = true;
                    OnUndecided(path, lost);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return asset.Sid;
    }

    /// <summary>Gets an existing Asset.</summary>
    /// <exception cref="AssetException">There is no Asset of the path. The error names similar ones.</exception>
    public async Task<AssetResource> GetAsync(string path, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        var existing = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        var similar = SimilarNames.Find(
            path,
            existing.Select(assets => assets.Key).Where(name => !HiddenAssetKey.IsFriendlyName(name))
        );
        throw new AssetException(ServiceDiagnostics.AssetNotFound(path, serviceSid, similar));
    }

    private async Task<AssetResource> CreateAsync(string path, Action? onCreated, CancellationToken cancellationToken)
    {
        _requested.TryAdd(path, false);
        var asset = await client
            .Assets.CreateAsync(serviceSid, path, _ => onCreated?.Invoke(), cancellationToken)
            .ConfigureAwait(false);
        _created[path] = asset;
        return asset;
    }

    private void OnUndecided(string path, ServerlessApiException lost)
    {
        _requested[path] = true;
        logger.Log(
            LogLevel.Detail,
            $"The response to the creation of Asset {path} was lost ({lost.Reason}): checking whether it exists"
        );
    }

    /// <summary>Whether this run created the Asset of the path.</summary>
    public bool HasCreated(string path, Sid assetSid) =>
        _created.TryGetValue(path, out var created) && created.Sid == assetSid;

    /// <summary>
    /// Replaces an Asset that no longer exists with another of the same name, otherwise with a new one.
    /// </summary>
    public async Task<Sid> ReplaceAsync(string path, CancellationToken cancellationToken)
    {
        _created.TryRemove(path, out _);
        _chosen.TryRemove(path, out _);
        await list.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return await GetOrCreateAsync(path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the Assets of each name again, oldest first.</summary>
    public Task<ILookup<string, AssetResource>> RefreshAsync(CancellationToken cancellationToken) =>
        list.RefreshAsync(cancellationToken);

    /// <summary>Waits for the creation lock, once for all paths.</summary>
    private Task GetReadyAsync(CancellationToken cancellationToken)
    {
        if (creationLock is null)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            return _ready ??= AcquireAsync(creationLock, cancellationToken);
        }
    }

    private async Task AcquireAsync(MachineLock creation, CancellationToken cancellationToken)
    {
        if (await creation.AcquireAsync().ConfigureAwait(false))
        {
            await list.RefreshAsync(cancellationToken).ConfigureAwait(false); // another run may have created some
        }
    }

    private async Task<AssetResource?> FindAsync(string path, CancellationToken cancellationToken)
    {
        if (_created.TryGetValue(path, out var created))
        {
            return created;
        }

        var assets = await list.GetAsync(cancellationToken).ConfigureAwait(false);
        return assets[path].ToList() switch
        {
            [] => null,
            [var only] => only,
            var several => await _chosen.GetOrAdd(path, _ => ChooseAsync(path, several)).ConfigureAwait(false),
        };
    }

    /// <summary>Chooses among several Assets with one name: the deployed one, otherwise the oldest.</summary>
    private async Task<AssetResource> ChooseAsync(string path, List<AssetResource> oldestFirst)
    {
        var versions = (await live.GetAsync().ConfigureAwait(false))?.AssetVersions ?? [];
        var deployed = oldestFirst.FirstOrDefault(asset => versions.Any(version => version.AssetSid == asset.Sid));
        var chosen = deployed ?? oldestFirst[0];
        var sids = oldestFirst.Select(asset => asset.Sid.ToString());
        var reason = deployed is null ? AssetChoice.Oldest : AssetChoice.Live;
        logger.Warn(ServiceDiagnostics.DuplicateAsset(path, sids, chosen.Sid, reason));
        return chosen;
    }
}
