using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>Creates a Deployment of a Build.</summary>
internal sealed class DeploymentCreator(ServerlessClient client, string serviceSid, IAssetLogger logger)
{
    private const int MaxCreations = 5;

    /// <returns>SID of the Deployment. Does nothing when the Build is already deployed.</returns>
    /// <exception cref="AssetException">The service refused the Deployment.</exception>
    public async Task<string?> DeployAsync(
        EnvironmentResource environment,
        string build,
        CancellationToken cancellationToken
    )
    {
        if (environment.BuildSid == build)
        {
            return await FindDeploymentAsync(environment, build, cancellationToken).ConfigureAwait(false);
        }

        for (var creation = 1; ; creation++)
        {
            try
            {
                return (
                    await client
                        .Deployments.CreateAsync(serviceSid, environment.Sid, build, cancellationToken)
                        .ConfigureAwait(false)
                ).Sid;
            }
            catch (ServerlessApiException live) when (live.Status == HttpStatusCode.Conflict)
            {
                // "Environment already has requested deployment": the Build is deployed.
                return await FindDeploymentAsync(environment, build, cancellationToken).ConfigureAwait(false);
            }
            catch (ServerlessApiException lost) when (lost.Failure == ApiFailure.Ambiguous && creation < MaxCreations)
            {
                // If it was carried out, the repeated request is answered with a conflict.
                logger.Log(
                    LogLevel.Detail,
                    $"The response to the deployment of {build} was lost ({lost.Reason}): requesting it again"
                );
            }
            catch (ServerlessApiException refused)
                when (refused is { Failure: ApiFailure.Refused, Status: HttpStatusCode.BadRequest })
            {
                throw new AssetException(
                    DeploymentDiagnostics.DeploymentRejected(
                        build,
                        environment.UniqueName,
                        refused.Reason,
                        refused.Details
                    ),
                    refused
                );
            }
        }
    }

    private async Task<string?> FindDeploymentAsync(
        EnvironmentResource environment,
        string build,
        CancellationToken cancellationToken
    )
    {
        var deployments = await client
            .Deployments.ListAllAsync(serviceSid, environment.Sid, cancellationToken)
            .ConfigureAwait(false);
        return deployments
            .Where(deployment => deployment.BuildSid == build)
            .MaxBy(deployment => deployment.DateCreated)
            ?.Sid;
    }
}
