using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Uploading;

/// <summary>Reaches the Service that the settings name, and creates it when they say so.</summary>
internal sealed class ServiceFinder(ServerlessApi api, ServiceOptions options, IAssetLogger logger)
{
    private const int MaxCreations = 5;

    /// <exception cref="AssetException">There is none, and none may be created.</exception>
    public async Task<ServiceResource> FindOrCreateAsync(CancellationToken cancellation)
    {
        for (var creation = 1; ; creation++)
        {
            if (await api.FindServiceAsync(options.ServiceSidOrName, cancellation).ConfigureAwait(false) is { } found)
            {
                return found;
            }

            if (!options.CreateService)
            {
                throw new AssetException(ServiceDiagnostics.ServiceNotFound(options.ServiceSidOrName, options.Endpoints.Api.GetLeftPart(UriPartial.Authority)));
            }

            try
            {
                var created = await api.CreateServiceAsync(options.ServiceSidOrName, cancellation).ConfigureAwait(false);
                logger.Log(LogLevel.Summary, $"Created the Service {options.ServiceSidOrName} ({created.Sid})");
                return created;
            }
            catch (ApiException lost) when (creation < MaxCreations && (lost.Failure == ApiFailure.Ambiguous || lost.Status == System.Net.HttpStatusCode.Conflict))
            {
                // Its answer was lost, or another build was faster: a unique name can't be taken twice, so look again.
            }
        }
    }
}
