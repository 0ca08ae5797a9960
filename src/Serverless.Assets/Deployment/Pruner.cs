using System.Collections.Concurrent;
using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deletes Assets that no deployed Build contains. Before each deletion it checks that the deployed Builds are still
/// the same as when the Assets were chosen, and stops if they are not: a new Deployment may contain one of the Assets.
/// It keeps an Asset that someone has uploaded to since.
/// </summary>
/// <param name="minAge">
/// Assets that were created, or uploaded to, since are kept: another pipeline may be about to deploy them.
/// </param>
internal sealed class Pruner(OperationContext operation, Sid serviceSid, TimeSpan minAge)
{
    /// <summary>The newest version of an Asset is among the first ones that the service lists.</summary>
    private const int NewestVersions = 50;

    private const int ParallelRequests = 8;

    private readonly ServerlessClient _client = operation.Client;

    /// <summary>The date of the newest Asset: it was this late at the service already.</summary>
    private DateTimeOffset _newestDate;

    /// <summary>Shows the Assets to the user, and deletes them.</summary>
    /// <param name="named">Assets of the manifest, which are kept.</param>
    /// <param name="confirm">Confirms the deletion of the given Assets.</param>
    /// <exception cref="AssetException">The deletion was not confirmed, or it stopped early.</exception>
    public async Task<PruneResult> PruneAsync(
        IReadOnlyList<ManifestAsset> named,
        Func<PruneResult, Task<bool>> confirm,
        CancellationToken cancellationToken
    )
    {
        var candidates = await FindAsync(named, cancellationToken).ConfigureAwait(false);
        var unused = new PruneResult(
            serviceSid,
            [.. candidates.Assets.Select(asset => (HiddenAssetKey.HideIn(asset.FriendlyName), asset.Sid))],
            IsDeleted: false
        );
        if (unused.Assets.Count == 0)
        {
            return unused;
        }

        if (!await confirm(unused).ConfigureAwait(false))
        {
            throw new AssetException(DeploymentDiagnostics.PruneNeedsConfirmation(unused.Assets.Count));
        }

        return await DeleteAsync(unused, candidates, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="named">
    /// Assets of the manifest are about to be deployed and are kept, by SID and by path, which is an Asset's friendly
    /// name unless someone renamed it.
    /// </param>
    /// <returns>The Assets that may be deleted, sorted by name, and the Builds that were deployed then.</returns>
    private async Task<PruneCandidates> FindAsync(
        IReadOnlyList<ManifestAsset> named,
        CancellationToken cancellationToken
    )
    {
        var live = await FetchLiveAsync(cancellationToken).ConfigureAwait(false);
        var held = named.Select(asset => asset.AssetSid).ToHashSet();
        var heldPaths = named.Select(asset => asset.Path.Value).ToHashSet(StringComparer.Ordinal);
        var deployed = new DeployedEnvironments(_client, serviceSid);
        foreach (var (environment, sid) in live)
        {
            var build = await deployed.GetBuildAsync(environment, sid, cancellationToken).ConfigureAwait(false);
            foreach (var version in build.AssetVersions ?? [])
            {
                if (version.AssetSid is { } asset)
                {
                    held.Add(asset);
                }
                else
                {
                    heldPaths.Add(version.Path);
                }
            }
        }

        var assets = await _client.Assets.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        _newestDate = assets.Select(asset => asset.DateCreated).DefaultIfEmpty().Max();
        var unused = assets
            .Where(asset => !held.Contains(asset.Sid) && !heldPaths.Contains(asset.FriendlyName))
            .ToList();
        var old = await FindOldAsync(unused, cancellationToken).ConfigureAwait(false);
        return new PruneCandidates([.. old.OrderBy(asset => asset.FriendlyName, StringComparer.Ordinal)], live);
    }

    private async Task<IReadOnlyCollection<AssetResource>> FindOldAsync(
        IReadOnlyList<AssetResource> assets,
        CancellationToken cancellationToken
    )
    {
        var old = new ConcurrentBag<AssetResource>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = ParallelRequests,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                assets,
                parallel,
                async (asset, token) =>
                {
                    if (await IsOldAsync(asset, token).ConfigureAwait(false))
                    {
                        old.Add(asset);
                    }
                }
            )
            .ConfigureAwait(false);
        return old;
    }

    /// <summary>Whether the Asset and all its versions are old enough. An unknown age is not.</summary>
    private async Task<bool> IsOldAsync(AssetResource asset, CancellationToken cancellationToken)
    {
        if (minAge == TimeSpan.Zero)
        {
            return true;
        }

        var newest = GetTime() - minAge;
        try
        {
            return IsBefore(asset.DateCreated)
                && await _client
                    .AssetVersions.ListAsync(
                        serviceSid,
                        asset.Sid,
                        NewestVersions,
                        limit: NewestVersions,
                        cancellationToken: cancellationToken
                    )
                    .AllAsync(version => IsBefore(version.DateCreated), cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            return true; // someone else has deleted it
        }

        bool IsBefore(DateTimeOffset date) => date != default && date < newest;
    }

    /// <summary>
    /// The time from which ages are counted. A deletion cannot be undone, so if this machine and the responses of the
    /// service disagree, the earlier time counts; but the clock of this machine can't be right if an Asset is newer.
    /// </summary>
    private DateTimeOffset GetTime()
    {
        var service = _client.Clock.GetUtcNow();
        var machine = operation.Engine.Clock.GetUtcNow();
        var known = machine > _newestDate ? machine : _newestDate;
        return service < known ? service : known;
    }

    private async Task<PruneResult> DeleteAsync(
        PruneResult unused,
        PruneCandidates candidates,
        CancellationToken cancellationToken
    )
    {
        var deleted = unused with { Assets = [], IsDeleted = true };
        try
        {
            foreach (var asset in candidates.Assets)
            {
                if (!(await FetchLiveAsync(cancellationToken).ConfigureAwait(false)).SequenceEqual(candidates.Live))
                {
                    throw new AssetException(Stopped("a deployment in the meantime may use some of them"));
                }

                if (!await IsOldAsync(asset, cancellationToken).ConfigureAwait(false))
                {
                    operation.Engine.Logger.Log(
                        LogLevel.Summary,
                        $"Kept {HiddenAssetKey.HideIn(asset.FriendlyName)}: it was just uploaded to"
                    );
                    continue;
                }

                await _client.Assets.DeleteAsync(serviceSid, asset.Sid, cancellationToken).ConfigureAwait(false);
                deleted = deleted with
                {
                    Assets = [.. deleted.Assets, (HiddenAssetKey.HideIn(asset.FriendlyName), asset.Sid)],
                };
                operation.PartialResult = deleted;
            }

            await CheckDeletedAsync().ConfigureAwait(false);
            return deleted;
        }
        catch (ServerlessApiException failure)
        {
            throw new AssetException(Stopped($"{failure.Reason} ({failure.Details})"), failure);
        }
        catch (OperationCanceledException) when (operation.UserCancellation.IsCancellationRequested)
        {
            operation.Engine.Logger.Log(
                LogLevel.Summary,
                $"Deleted {deleted.Assets.Count} of {unused.Assets.Count} unused Assets"
            );
            throw;
        }
        catch (OperationCanceledException)
        {
            operation.AlsoReport(Stopped("the time limit of the run expired"));
            throw;
        }

        // A proxy can respond in place of the service, and its 404 looks like an earlier deletion.
        async Task CheckDeletedAsync()
        {
            if (deleted.Assets.Count == 0)
            {
                return;
            }

            var assets = await _client.Assets.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
            var existing = assets.Select(asset => asset.Sid).ToHashSet();
            var remaining = deleted.Assets.Where(asset => existing.Contains(asset.Sid)).ToList();
            if (remaining.Count > 0)
            {
                deleted = deleted with { Assets = [.. deleted.Assets.Except(remaining)] };
                operation.PartialResult = deleted.Assets.Count > 0 ? deleted : null;
                var names = string.Join(", ", remaining.Select(asset => asset.Name));
                throw new AssetException(
                    Stopped($"the service confirmed the deletion of {names}, but still lists them")
                );
            }
        }

        Diagnostic Stopped(string reason) =>
            DeploymentDiagnostics.PruneStopped(deleted.Assets.Count, unused.Assets.Count, reason);
    }

    /// <summary>The deployed Build of each Environment, sorted.</summary>
    private async Task<IReadOnlyList<(string Environment, Sid Build)>> FetchLiveAsync(
        CancellationToken cancellationToken
    ) =>
        (await _client.Environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false))
            .Where(environment => environment.BuildSid is not null)
            .OrderBy(environment => environment.UniqueName, StringComparer.Ordinal)
            .Select(environment => (environment.UniqueName, environment.BuildSid!.Value))
            .ToList();
}

/// <summary>Assets that no deployed Build contains.</summary>
/// <param name="Live">The deployed Builds when they were chosen: Environment and Build.</param>
internal sealed record PruneCandidates(
    IReadOnlyList<AssetResource> Assets,
    IReadOnlyList<(string Environment, Sid Build)> Live
);
