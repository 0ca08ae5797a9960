using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deletes Assets that nothing live holds. Before each deletion it looks whether what is live is still what it was when
/// the Assets were chosen: a Deployment in the meantime may hold one of them, so it stops.
/// </summary>
internal sealed class Pruner(ServerlessClient client, string serviceSid)
{
    /// <param name="named">What the manifest names is about to be deployed: it stays, by its SID, and by its path, which is an Asset's friendly name unless somebody renamed it.</param>
    /// <returns>What may be deleted, sorted by name, and what was live then.</returns>
    public async Task<PruneCandidates> FindAsync(
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
                ?? throw new AssetException(DeploymentDiagnostics.LiveBuildGone(sid, environment));
            foreach (var version in build.AssetVersions ?? [])
            {
                held.Add(version.AssetSid ?? "");
                if (version.AssetSid is null)
                {
                    heldPaths.Add(version.Path);
                }
            }
        }

        var assets = await client
            .Assets.ListAsync(serviceSid, pageSize: ListPages.MaxSize, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var unused = assets
            .Where(asset => !held.Contains(asset.Sid) && !heldPaths.Contains(asset.FriendlyName))
            .OrderBy(asset => asset.FriendlyName, StringComparer.Ordinal)
            .ToList();
        return new PruneCandidates(unused, live);
    }

    /// <returns>How many were deleted: all of them.</returns>
    /// <exception cref="AssetException">It was stopped.</exception>
    public async Task<int> DeleteAsync(PruneCandidates candidates, CancellationToken cancellationToken)
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
            catch (ServerlessApiException gone) when (gone.Status == System.Net.HttpStatusCode.NotFound)
            {
                deleted++; // by an attempt whose answer was lost, or by somebody else
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

        return deleted;
    }

    /// <summary>The live Build of each Environment, sorted.</summary>
    private async Task<IReadOnlyList<(string Environment, string Build)>> FetchLiveAsync(
        CancellationToken cancellationToken
    ) =>
        (
            await client
                .Environments.ListAsync(serviceSid, pageSize: ListPages.MaxSize, cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false)
        )
            .Where(environment => environment.BuildSid is not null)
            .Select(environment => (environment.UniqueName, environment.BuildSid!))
            .Order()
            .ToList();
}
