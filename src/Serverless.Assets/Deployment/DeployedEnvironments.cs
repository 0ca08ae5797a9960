using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Finds Environments to which a Build is deployed.</summary>
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
}
