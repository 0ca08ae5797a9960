using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Upload;

/// <summary>Reaches the Service that the settings name, and creates it when they say so.</summary>
internal sealed class ServiceResolver(ServerlessClient client, ValidatedServiceSettings options, IAssetLogger logger)
{
    private const int MaxCreations = 5;

    /// <returns>Null when there is none yet, and it may be created.</returns>
    /// <exception cref="AssetException">There is none, and none may be created.</exception>
    public async Task<ServiceResource?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await client.Services.FindAsync(options.ServiceSidOrName, cancellationToken).ConfigureAwait(false);
        return found is not null || options.CreateService
            ? found
            : throw new AssetException(
                ServiceDiagnostics.ServiceNotFound(
                    options.ServiceSidOrName,
                    options.Endpoints.Api.GetLeftPart(UriPartial.Authority)
                )
            );
    }

    /// <exception cref="AssetException">There is none, and none may be created.</exception>
    public async Task<ResolvedService> FindOrCreateAsync(CancellationToken cancellationToken)
    {
        for (var creation = 1; ; creation++)
        {
            if (await FindAsync(cancellationToken).ConfigureAwait(false) is { } found)
            {
                return new ResolvedService(found, IsNew: false);
            }

            try
            {
                var created = await client
                    .Services.CreateAsync(options.ServiceSidOrName, cancellationToken)
                    .ConfigureAwait(false);
                logger.Log(LogLevel.Summary, $"Created the Service {options.ServiceSidOrName} ({created.Sid})");
                return new ResolvedService(created, IsNew: true);
            }
            catch (ServerlessApiException lost)
                when (creation < MaxCreations
                    && (lost.Failure == ApiFailure.Ambiguous || lost.Status == System.Net.HttpStatusCode.Conflict)
                )
            {
                // Its answer was lost, or another build was faster: a unique name can't be taken twice, so look again.
            }
        }
    }
}
