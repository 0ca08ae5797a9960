using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Creates the Environment if it does not exist.</summary>
internal sealed class EnvironmentCreator(ServerlessClient client, string serviceSid, IAssetLogger logger)
{
    private const int MaxCreations = 5;

    public async Task<EnvironmentResource> GetOrCreateAsync(
        EnvironmentResource? known,
        ValidatedDeploymentSettings options,
        CancellationToken cancellationToken
    )
    {
        for (var creation = 1; ; creation++)
        {
            if (known is not null)
            {
                return known;
            }

            try
            {
                var created = await client
                    .Environments.CreateAsync(serviceSid, options.Environment, options.DomainSuffix, cancellationToken)
                    .ConfigureAwait(false);
                logger.Log(LogLevel.Summary, $"Created the Environment {created.UniqueName} ({created.DomainName})");
                return created;
            }
            catch (ServerlessApiException lost)
                when (creation < MaxCreations
                    && (lost.Failure == ApiFailure.Ambiguous || lost.Status == HttpStatusCode.Conflict)
                )
            {
                // The answer was lost, or another run was faster: names cannot be taken twice, so look again.
                known = LiveEnvironment.Find(
                    await client
                        .Environments.ListAsync(
                            serviceSid,
                            pageSize: ListPages.MaxSize,
                            cancellationToken: cancellationToken
                        )
                        .ToListAsync(cancellationToken)
                        .ConfigureAwait(false),
                    options.Environment
                );
            }
        }
    }
}
