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
            if (Keep(build) && ++kept == count)
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
                Keep(build);
            }
        }
    }

    /// <summary>Also keeps the Builds that were created since.</summary>
    /// <exception cref="AssetException">The contents of a Build are unknown.</exception>
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

            Keep(build);
        }
    }

    /// <returns>False: the Build has failed, so nobody can deploy it.</returns>
    private bool Keep(BuildResource build)
    {
        _seen.Add(build.Sid);
        if (build.Status == BuildStatus.Failed)
        {
            return false;
        }

        // The service refuses a Build without any version, so a part of this one is missing.
        if (
            build is not { AssetVersions: { } assets, FunctionVersions: { } functions }
            || assets.Count + functions.Count == 0
        )
        {
            throw new AssetException(DeploymentDiagnostics.KeptBuildUnreadable(build.Sid));
        }

        held.Add(assets);
        return true;
    }
}
