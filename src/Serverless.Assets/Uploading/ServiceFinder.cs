using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Uploading;

/// <summary>Reaches the Service that the settings name, and creates it when they say so.</summary>
internal sealed class ServiceFinder(ServerlessApi api, ServiceOptions options, IAssetLogger logger)
{
    private const int MaxCreations = 5;

    /// <returns>Null when there is none yet, and it may be created.</returns>
    /// <exception cref="AssetException">There is none, and none may be created.</exception>
    public async Task<ServiceResource?> FindAsync(CancellationToken cancellation)
    {
        var found = await api.FindServiceAsync(options.ServiceSidOrName, cancellation).ConfigureAwait(false);
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
    public async Task<ReachedService> FindOrCreateAsync(CancellationToken cancellation)
    {
        for (var creation = 1; ; creation++)
        {
            if (await FindAsync(cancellation).ConfigureAwait(false) is { } found)
            {
                return new ReachedService(found, IsNew: false);
            }

            try
            {
                var created = await api.CreateServiceAsync(options.ServiceSidOrName, cancellation)
                    .ConfigureAwait(false);
                logger.Log(LogLevel.Summary, $"Created the Service {options.ServiceSidOrName} ({created.Sid})");
                return new ReachedService(created, IsNew: true);
            }
            catch (ApiException lost)
                when (creation < MaxCreations
                    && (lost.Failure == ApiFailure.Ambiguous || lost.Status == System.Net.HttpStatusCode.Conflict)
                )
            {
                // Its answer was lost, or another build was faster: a unique name can't be taken twice, so look again.
            }
        }
    }
}
