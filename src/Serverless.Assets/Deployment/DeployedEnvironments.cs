using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Finds the Environments to which a Build is deployed, and their Builds.</summary>
internal sealed class DeployedEnvironments(ServerlessClient client, Sid serviceSid)
{
    /// <param name="name">Unique name, or domain suffix.</param>
    /// <param name="setting">The setting that names the Environment, for the error.</param>
    /// <returns>An Environment with a Build.</returns>
    /// <exception cref="AssetException">There is no such Environment, or nothing is deployed to it.</exception>
    public async Task<EnvironmentResource> GetAsync(
        string name,
        Setting setting,
        CancellationToken cancellationToken
    ) =>
        await client.Environments.FindAsync(serviceSid, name, cancellationToken).ConfigureAwait(false)
            is { BuildSid: not null } deployed
            ? deployed
            : throw new AssetException(DeploymentDiagnostics.NothingLive(name, setting));

    /// <summary>
    /// Gets the Build that is deployed to an Environment. Without it, the contents of the live site are unknown.
    /// </summary>
    /// <param name="environment">The unique name of the Environment, for the error.</param>
    /// <param name="build">The Build that the service reports as deployed.</param>
    /// <exception cref="AssetException">The service does not have the Build or its contents.</exception>
    public async Task<BuildResource> GetBuildAsync(
        string environment,
        Sid build,
        CancellationToken cancellationToken
    ) =>
        await FindBuildAsync(build, cancellationToken).ConfigureAwait(false)
        ?? throw new AssetException(DeploymentDiagnostics.LiveBuildMissing(build, environment));

    /// <summary>
    /// Finds a Build with its contents. The service refuses a Build without any version, and lists both kinds of
    /// versions of each Build, so a response in which something is missing must not be taken for an empty Build.
    /// </summary>
    /// <returns>Null if the service does not have the Build or its contents.</returns>
    public async Task<BuildResource?> FindBuildAsync(Sid build, CancellationToken cancellationToken) =>
        await client.Builds.FindAsync(serviceSid, build, cancellationToken).ConfigureAwait(false)
            is { AssetVersions: { } assets, FunctionVersions: { } functions } found
        && assets.Count + functions.Count > 0
            ? found
            : null;

    /// <summary>
    /// Finds out what is live after an interrupted Deployment, even if the operation was canceled or its time limit has
    /// expired.
    /// </summary>
    public async Task<LiveBuildStatus> GetStatusAsync(EnvironmentResource environment, OperationContext operation)
    {
        using var limit = operation.LimitAfterInterruption();
        try
        {
            var current = await client
                .Environments.FetchAsync(serviceSid, environment.Sid, limit.Token)
                .ConfigureAwait(false);
            return LiveBuildStatus.Known(current.BuildSid);
        }
        catch (Exception failure) when (failure is ServerlessApiException or OperationCanceledException)
        {
            return LiveBuildStatus.Unknown;
        }
    }
}
