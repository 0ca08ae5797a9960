using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Creates the Environment if it does not exist.</summary>
internal sealed class EnvironmentCreator(ServerlessClient client, Sid serviceSid, IAssetLogger logger)
{
    public async Task<EnvironmentResource> FindOrCreateAsync(
        ValidatedDeploymentSettings settings,
        CancellationToken cancellationToken
    )
    {
        var found = await client
            .Environments.FindAsync(serviceSid, settings.Environment, cancellationToken)
            .ConfigureAwait(false);
        return await GetOrCreateAsync(found, settings, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="known">The Environment, as found before; null: there was none.</param>
    public async Task<EnvironmentResource> GetOrCreateAsync(
        EnvironmentResource? known,
        ValidatedDeploymentSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (known is not null)
        {
            return known;
        }

        var isUndecided = false;
        return await client
            .FindOrCreateAsync(
                async token =>
                    isUndecided
                        ? await client
                            .Environments.FindAsync(serviceSid, settings.Environment, token)
                            .ConfigureAwait(false)
                        : null,
                token => CreateAsync(settings, token),
                _ => isUndecided = true,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<EnvironmentResource> CreateAsync(
        ValidatedDeploymentSettings settings,
        CancellationToken cancellationToken
    )
    {
        var created = await client
            .Environments.CreateAsync(serviceSid, settings.Environment, settings.DomainSuffix, cancellationToken)
            .ConfigureAwait(false);
        logger.Log(LogLevel.Summary, $"Created the Environment {created.UniqueName} ({created.DomainName})");
        return created;
    }
}
