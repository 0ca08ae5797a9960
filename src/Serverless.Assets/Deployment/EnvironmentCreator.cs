using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Creates the Environment if it does not exist.</summary>
internal sealed class EnvironmentCreator(ServerlessClient client, string serviceSid, IAssetLogger logger)
{
    /// <param name="known">The Environment, as found before; null: there was none.</param>
    public async Task<EnvironmentResource> GetOrCreateAsync(
        EnvironmentResource? known,
        ValidatedDeploymentSettings options,
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
                            .Environments.FindAsync(serviceSid, options.Environment, token)
                            .ConfigureAwait(false)
                        : null,
                token => CreateAsync(options, token),
                _ => isUndecided = true,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<EnvironmentResource> CreateAsync(
        ValidatedDeploymentSettings options,
        CancellationToken cancellationToken
    )
    {
        var created = await client
            .Environments.CreateAsync(serviceSid, options.Environment, options.DomainSuffix, cancellationToken)
            .ConfigureAwait(false);
        logger.Log(LogLevel.Summary, $"Created the Environment {created.UniqueName} ({created.DomainName})");
        return created;
    }
}
