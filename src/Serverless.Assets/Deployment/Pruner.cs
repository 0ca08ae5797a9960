using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deletes Assets that no deployed Build contains. Before each deletion it checks that the deployed Builds are still
/// the same as when the Assets were chosen, and stops if they are not: a new Deployment may contain one of the Assets.
/// </summary>
internal sealed class Pruner(ServerlessClient client, string serviceSid)
{
    /// <summary>Shows the Assets to the user, and deletes them.</summary>
    /// <param name="named">Assets of the manifest, which are kept.</param>
    /// <param name="confirm">Confirms the deletion of the given Assets.</param>
    /// <exception cref="AssetException">The deletion was not confirmed, or it stopped early.</exception>
    public async Task<PruneResult> PruneAsync(
        IReadOnlyList<ManifestAsset> named,
        Func<PruneResult, bool> confirm,
        CancellationToken cancellationToken
    )
    {
        var candidates = await FindAsync(named, cancellationToken).ConfigureAwait(false);
        var unused = new PruneResult(
            serviceSid,
            [.. candidates.Assets.Select(asset => (asset.FriendlyName, asset.Sid))],
            IsDeleted: false
        );
        if (unused.Assets.Count == 0)
        {
            return unused;
        }

        if (!confirm(unused))
        {
            throw new AssetException([DeploymentDiagnostics.PruneNeedsConfirmation(unused.Assets.Count)], unused);
        }

        await DeleteAsync(candidates, cancellationToken).ConfigureAwait(false);
        return unused with { IsDeleted = true };
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
        var held = named.Select(asset => asset.AssetSid).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var heldPaths = named.Select(asset => asset.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (environment, sid) in live)
        {
            var build =
                await client.Builds.FindAsync(serviceSid, sid, cancellationToken).ConfigureAwait(false)
                ?? throw new AssetException(DeploymentDiagnostics.LiveBuildMissing(sid, environment));
            foreach (var version in build.AssetVersions ?? [])
            {
                held.Add(version.AssetSid ?? "");
                if (version.AssetSid is null)
                {
                    heldPaths.Add(version.Path);
                }
            }
        }

        var assets = await client.Assets.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        var unused = assets
            .Where(asset => !held.Contains(asset.Sid) && !heldPaths.Contains(asset.FriendlyName))
            .OrderBy(asset => asset.FriendlyName, StringComparer.Ordinal)
            .ToList();
        return new PruneCandidates(unused, live);
    }

    private async Task DeleteAsync(PruneCandidates candidates, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var asset in candidates.Assets)
        {
            if (!(await FetchLiveAsync(cancellationToken).ConfigureAwait(false)).SequenceEqual(candidates.Live))
            {
                throw new AssetException(
                    DeploymentDiagnostics.PruneStopped(
                        deleted,
                        candidates.Assets.Count,
                        "a deployment in the meantime may use some of them"
                    )
                );
            }

            try
            {
                await client.Assets.DeleteAsync(serviceSid, asset.Sid, cancellationToken).ConfigureAwait(false);
                deleted++;
            }
            catch (ServerlessApiException failure)
            {
                throw new AssetException(
                    DeploymentDiagnostics.PruneStopped(
                        deleted,
                        candidates.Assets.Count,
                        $"{failure.Reason} ({failure.Details})"
                    ),
                    failure
                );
            }
        }
    }

    /// <summary>The deployed Build of each Environment, sorted.</summary>
    private async Task<IReadOnlyList<(string Environment, string Build)>> FetchLiveAsync(
        CancellationToken cancellationToken
    ) =>
        (await client.Environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false))
            .Where(environment => environment.BuildSid is not null)
            .Select(environment => (environment.UniqueName, environment.BuildSid!))
            .Order()
            .ToList();
}

/// <summary>Assets that no deployed Build contains.</summary>
/// <param name="Live">The deployed Builds when they were chosen: Environment and Build.</param>
internal sealed record PruneCandidates(
    IReadOnlyList<AssetResource> Assets,
    IReadOnlyList<(string Environment, string Build)> Live
);
