using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Builds whose Assets are kept although they are not live: the newest ones of the Service, of which another pipeline
/// may be about to deploy one, and the one that a rollback of each Environment deploys, which can be much older.
/// </summary>
/// <param name="count">The number of newest Builds, without failed ones. 0: no Build is kept.</param>
/// <param name="held">Receives the Assets.</param>
internal sealed class KeptBuilds(ServerlessClient client, Sid serviceSid, int count, HeldAssets held)
{
    /// <summary>A Build is listed with all its versions, which can be more than a thousand.</summary>
    private const int MaxPageSize = 20;

    private readonly HashSet<Sid> _seen = [];

    /// <exception cref="AssetException">The contents of a Build are unknown.</exception>
    public async Task FindAsync(IReadOnlyList<EnvironmentResource> environments, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return;
        }

        var kept = 0;
        await foreach (
            var build in client
                .Builds.ListAsync(serviceSid, Math.Min(count, MaxPageSize), cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        )
        {
            KeepExisting(build);
            if (build.Status != BuildStatus.Failed && ++kept == count)
            {
                break;
            }
        }

        var rollback = new RollbackTarget(client, serviceSid);
        foreach (var environment in environments)
        {
            if (
                await rollback.FindPreviousAsync(environment, cancellationToken).ConfigureAwait(false) is { } previous
                && !_seen.Contains(previous)
                && await client.Builds.FindAsync(serviceSid, previous, cancellationToken).ConfigureAwait(false)
                    is { } build
            )
            {
                KeepExisting(build);
            }
        }
    }

    /// <summary>Also keeps the Builds that were created since.</summary>
    /// <exception cref="PruneStoppedException">The contents of a Build are unknown.</exception>
    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return;
        }

        await foreach (
            var build in client
                .Builds.ListAsync(serviceSid, pageSize: 1, cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if (_seen.Contains(build.Sid))
            {
                return;
            }

            if (!TryKeep(build))
            {
                throw new PruneStoppedException(
                    $"the service does not return the contents of the new Build {build.Sid}"
                );
            }
        }
    }

    private void KeepExisting(BuildResource build)
    {
        if (!TryKeep(build))
        {
            throw new AssetException(DeploymentDiagnostics.KeptBuildUnreadable(build.Sid));
        }
    }

    /// <returns>False: the contents of the Build are unknown.</returns>
    private bool TryKeep(BuildResource build)
    {
        _seen.Add(build.Sid);
        if (build.Status == BuildStatus.Failed)
        {
            return true; // nobody can deploy it
        }

        // The service refuses a Build without any version, so a part of this one is missing.
        if (
            build is not { AssetVersions: { } assets, FunctionVersions: { } functions }
            || assets.Count + functions.Count == 0
        )
        {
            return false;
        }

        held.Add(assets);
        return true;
    }
}
