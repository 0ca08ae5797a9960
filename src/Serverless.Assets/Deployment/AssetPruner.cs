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
/// It keeps an Asset that someone has uploaded to, or created a Build with, since.
/// </summary>
/// <param name="minAge">
/// Assets that were created, or uploaded to, since are kept: another pipeline may be about to deploy them.
/// </param>
/// <param name="keepBuilds">The number of newest Builds whose Assets are kept.</param>
internal sealed class AssetPruner(
    OperationContext operation,
    Sid serviceSid,
    PruneSession session,
    TimeSpan minAge,
    int keepBuilds
)
{
    /// <summary>The newest version of an Asset is among the first ones that the service lists.</summary>
    private const int NewestVersions = 50;

    private const int ParallelRequests = 8;

    private readonly ServerlessClient _client = operation.Client;
    private readonly AgeLimit _age = new(minAge, operation.Client, operation.Engine);

    /// <summary>Shows the Assets to the user, and deletes them.</summary>
    /// <param name="named">Assets of the manifest, which are kept: they are about to be deployed.</param>
    /// <exception cref="AssetException">The deletion was not confirmed, or it stopped early.</exception>
    public async Task<PruneResult> PruneAsync(IReadOnlyList<ManifestAsset> named, CancellationToken cancellationToken)
    {
        var candidates = await FindAsync(named, cancellationToken).ConfigureAwait(false);
        var unused = new AssetPruneResult(
            serviceSid,
            [.. candidates.Assets.Select(asset => (HiddenAssetKey.HideIn(asset.FriendlyName), asset.Sid))],
            IsDeleted: false
        );
        return await session.RunAsync(unused, () => DeleteAsync(candidates, cancellationToken)).ConfigureAwait(false);
    }

    /// <returns>The Assets that may be deleted, sorted by name, and what was in use then.</returns>
    private async Task<PruneCandidates> FindAsync(
        IReadOnlyList<ManifestAsset> named,
        CancellationToken cancellationToken
    )
    {
        var environments = await _client.Environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        var live = GetLive(environments);
        var held = new HeldAssets();
        foreach (var asset in named)
        {
            held.Add(asset);
        }

        var deployed = new DeployedEnvironments(_client, serviceSid);
        foreach (var (environment, sid) in live)
        {
            var build = await deployed.GetBuildAsync(environment, sid, cancellationToken).ConfigureAwait(false);
            held.Add(build.AssetVersions!);
        }

        var builds = new KeptBuilds(_client, serviceSid, keepBuilds, held);
        await builds.FindAsync(environments, cancellationToken).ConfigureAwait(false);
        var assets = await _client.Assets.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        foreach (var asset in assets)
        {
            _age.Observe(asset.DateCreated);
        }

        var unused = assets.Where(asset => !held.Contains(asset)).ToList();
        var old = await FindOldAsync(unused, cancellationToken).ConfigureAwait(false);
        return new PruneCandidates(
            [.. old.OrderBy(asset => asset.FriendlyName, StringComparer.Ordinal)],
            live,
            builds,
            held
        );
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
        if (_age.IsZero)
        {
            return true;
        }

        try
        {
            return _age.IsOld(asset.DateCreated)
                && await _client
                    .AssetVersions.ListAsync(
                        serviceSid,
                        asset.Sid,
                        NewestVersions,
                        limit: NewestVersions,
                        cancellationToken: cancellationToken
                    )
                    .AllAsync(version => _age.IsOld(version.DateCreated), cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            return true; // someone else has deleted it
        }
    }

    private async Task<AssetPruneResult> DeleteAsync(PruneCandidates candidates, CancellationToken cancellationToken)
    {
        var deleted = new AssetPruneResult(serviceSid, [], IsDeleted: true);
        foreach (var asset in candidates.Assets)
        {
            await candidates.Builds.UpdateAsync(cancellationToken).ConfigureAwait(false);
            var environments = await _client
                .Environments.ListAllAsync(serviceSid, cancellationToken)
                .ConfigureAwait(false);
            if (!GetLive(environments).SequenceEqual(candidates.Live))
            {
                throw new PruneStoppedException("a deployment in the meantime may use some of them");
            }

            if (candidates.Held.Contains(asset))
            {
                LogKept(asset, "a new Build contains it");
            }
            else if (!await IsOldAsync(asset, cancellationToken).ConfigureAwait(false))
            {
                LogKept(asset, "it was just uploaded to");
            }
            else
            {
                await _client.Assets.DeleteAsync(serviceSid, asset.Sid, cancellationToken).ConfigureAwait(false);
                deleted = deleted with
                {
                    Assets = [.. deleted.Assets, (HiddenAssetKey.HideIn(asset.FriendlyName), asset.Sid)],
                };
                session.Record(deleted);
            }
        }

        await CheckDeletedAsync(deleted, cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    private void LogKept(AssetResource asset, string reason) =>
        operation.Engine.Logger.Log(LogLevel.Summary, $"Kept {HiddenAssetKey.HideIn(asset.FriendlyName)}: {reason}");

    /// <summary>A proxy can respond in place of the service, and its 404 looks like an earlier deletion.</summary>
    private async Task CheckDeletedAsync(AssetPruneResult deleted, CancellationToken cancellationToken)
    {
        if (deleted.Count == 0)
        {
            return;
        }

        var assets = await _client.Assets.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        var existing = assets.Select(asset => asset.Sid).ToHashSet();
        var remaining = deleted.Assets.Where(asset => existing.Contains(asset.Sid)).ToList();
        if (remaining.Count > 0)
        {
            session.Record(deleted with { Assets = [.. deleted.Assets.Except(remaining)] });
            var names = string.Join(", ", remaining.Select(asset => asset.Name));
            throw new PruneStoppedException($"the service confirmed the deletion of {names}, but still lists them");
        }
    }

    /// <summary>The deployed Build of each Environment, sorted.</summary>
    private static IReadOnlyList<(string Environment, Sid Build)> GetLive(
        IReadOnlyList<EnvironmentResource> environments
    ) =>
        [
            .. environments
                .Where(environment => environment.BuildSid is not null)
                .OrderBy(environment => environment.UniqueName, StringComparer.Ordinal)
                .Select(environment => (environment.UniqueName, environment.BuildSid!.Value)),
        ];

    /// <param name="Live">The deployed Builds when the Assets were chosen: Environment and Build.</param>
    private sealed record PruneCandidates(
        IReadOnlyList<AssetResource> Assets,
        IReadOnlyList<(string Environment, Sid Build)> Live,
        KeptBuilds Builds,
        HeldAssets Held
    );
}
