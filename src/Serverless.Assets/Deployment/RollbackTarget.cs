using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>Finds the Build to roll back to, and checks that it can be deployed.</summary>
internal sealed class RollbackTarget(ServerlessClient client, string serviceSid)
{
    /// <param name="build">
    /// SID of the Build that the user wants; null or empty: the one before the deployed one.
    /// </param>
    /// <returns>SID of a completed Build.</returns>
    /// <exception cref="AssetException">There is none, or it can't be deployed.</exception>
    public async Task<string> FindAsync(
        EnvironmentResource environment,
        string? build,
        CancellationToken cancellationToken
    )
    {
        var target = string.IsNullOrEmpty(build)
            ? await FindPreviousAsync(environment, cancellationToken).ConfigureAwait(false)
            : build;
        await CheckAsync(target, cancellationToken).ConfigureAwait(false);
        return target;
    }

    private async Task<string> FindPreviousAsync(EnvironmentResource environment, CancellationToken cancellationToken)
    {
        var deployments = await client
            .Deployments.ListAllAsync(serviceSid, environment.Sid, cancellationToken)
            .ConfigureAwait(false);
        var earlier = deployments
            .OrderByDescending(deployment => deployment.DateCreated)
            .SkipWhile(deployment => deployment.BuildSid != environment.BuildSid)
            .Select(deployment => deployment.BuildSid)
            .FirstOrDefault(build => build is not null && build != environment.BuildSid);
        return earlier ?? throw new AssetException(DeploymentDiagnostics.NothingToRollBackTo(environment.UniqueName));
    }

    /// <exception cref="AssetException">The Build does not exist or is not complete.</exception>
    private async Task CheckAsync(string build, CancellationToken cancellationToken)
    {
        if (!Sid.IsValid(build, SidKind.Build))
        {
            throw new AssetException(
                DeploymentDiagnostics.BuildNotUsable(
                    build,
                    "it is not a valid Build SID (ZB followed by 32 hexadecimal digits)"
                )
            );
        }

        var status = (
            await client.Builds.FindAsync(serviceSid, build, cancellationToken).ConfigureAwait(false)
        )?.Status;
        if (status != BuildStatus.Completed)
        {
            throw new AssetException(
                DeploymentDiagnostics.BuildNotUsable(
                    build,
                    status is null
                        ? "the service has no such Build"
                        : $"its status is {status.Value.ToString().ToLowerInvariant()}"
                )
            );
        }
    }
}
