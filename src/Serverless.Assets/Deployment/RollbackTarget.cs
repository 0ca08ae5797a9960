using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>Finds the Build to roll back to, and checks that it can be deployed.</summary>
internal sealed class RollbackTarget(ServerlessClient client, Sid serviceSid)
{
    /// <param name="build">
    /// SID of the Build that the user wants; null: the one before the deployed one.
    /// </param>
    /// <returns>SID of a completed Build.</returns>
    /// <exception cref="AssetException">There is none, or it can't be deployed.</exception>
    public async Task<Sid> FindAsync(EnvironmentResource environment, Sid? build, CancellationToken cancellationToken)
    {
        if (environment.BuildSid is { } deployed && build == deployed)
        {
            return deployed;
        }

        return await FindUsableAsync(
                build
                    ?? await FindPreviousAsync(environment, cancellationToken).ConfigureAwait(false)
                    ?? throw new AssetException(DeploymentDiagnostics.NothingToRollBackTo(environment.UniqueName)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Finds the Build before the deployed one, which may no longer exist.</summary>
    /// <returns>Null if there was none.</returns>
    public async Task<Sid?> FindPreviousAsync(EnvironmentResource environment, CancellationToken cancellationToken)
    {
        var deployments = await client
            .Deployments.ListAllAsync(serviceSid, environment.Sid, cancellationToken)
            .ConfigureAwait(false);
        return deployments
            .OrderByDescending(deployment => deployment.DateCreated)
            .SkipWhile(deployment => deployment.BuildSid != environment.BuildSid)
            .Select(deployment => deployment.BuildSid)
            .FirstOrDefault(build => build is not null && build != environment.BuildSid);
    }

    /// <exception cref="AssetException">The Build does not exist or is not complete.</exception>
    private async Task<Sid> FindUsableAsync(Sid build, CancellationToken cancellationToken)
    {
        var found = await client.Builds.FindAsync(serviceSid, build, cancellationToken).ConfigureAwait(false);
        return found?.Status == BuildStatus.Completed
            ? found.Sid
            : throw new AssetException(
                DeploymentDiagnostics.BuildNotUsable(
                    build,
                    found is null
                        ? "the service has no such Build"
                        : $"its status is {found.Status.ToString().ToLowerInvariant()}"
                )
            );
    }
}
