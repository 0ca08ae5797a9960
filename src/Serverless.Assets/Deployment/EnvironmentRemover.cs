using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>Deletes an Environment and its site, such as a preview that is no longer needed.</summary>
internal sealed class EnvironmentRemover(ServerlessClient client, Sid serviceSid)
{
    /// <param name="name">Unique name. A matching domain suffix is not enough to delete an Environment.</param>
    /// <param name="confirm">Confirms the deletion of the site with the given domain.</param>
    /// <exception cref="AssetException">The deletion was not confirmed.</exception>
    public async Task<RemoveResult> RemoveAsync(
        string name,
        Func<string, Task<bool>> confirm,
        CancellationToken cancellationToken
    )
    {
        var environments = await client.Environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        if (environments.FirstOrDefault(candidate => candidate.UniqueName == name) is not { } environment)
        {
            return new RemoveResult(serviceSid, name, Domain: null);
        }

        if (!await confirm(environment.DomainName).ConfigureAwait(false))
        {
            throw new AssetException(DeploymentDiagnostics.RemovalNeedsConfirmation(name, environment.DomainName));
        }

        await client.Environments.DeleteAsync(serviceSid, environment.Sid, cancellationToken).ConfigureAwait(false);
        return new RemoveResult(serviceSid, name, environment.DomainName);
    }
}
