using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Connection;

/// <summary>Finds the Service that the settings name, and creates it if they allow it.</summary>
internal sealed class ServiceResolver(ServerlessClient client, ValidatedServiceSettings settings, IAssetLogger logger)
{
    /// <returns>Null if it does not exist and may be created.</returns>
    /// <exception cref="AssetException">It does not exist and may not be created.</exception>
    public async Task<ServiceResource?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await client.Services.FindAsync(settings.ServiceSidOrName, cancellationToken).ConfigureAwait(false);
        return found is not null || settings.CreateService ? found : throw new AssetException(NotFound());
    }

    /// <summary>Gets the SID of an existing Service.</summary>
    /// <exception cref="AssetException">The settings name it by its unique name, and it does not exist.</exception>
    public async Task<Sid> GetSidAsync(CancellationToken cancellationToken)
    {
        if (settings.ServiceSid is { } sid)
        {
            return sid;
        }

        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        return found?.Sid ?? throw new AssetException(NotFound());
    }

    /// <exception cref="AssetException">It does not exist and may not be created.</exception>
    public Task<ResolvedService> FindOrCreateAsync(CancellationToken cancellationToken) =>
        client.FindOrCreateAsync(
            async token =>
                await FindAsync(token).ConfigureAwait(false) is { } found
                    ? new ResolvedService(ServiceIdentity.From(found), IsNew: false)
                    : null,
            CreateAsync,
            onUndecided: null, // unique names are unique, so the next look finds it
            cancellationToken
        );

    private Diagnostic NotFound() =>
        ServiceDiagnostics.ServiceNotFound(
            settings.ServiceSidOrName,
            settings.Endpoints.Api.GetLeftPart(UriPartial.Authority)
        );

    private async Task<ResolvedService> CreateAsync(CancellationToken cancellationToken)
    {
        var created = await client
            .Services.CreateAsync(settings.ServiceSidOrName, cancellationToken)
            .ConfigureAwait(false);
        logger.Log(LogLevel.Summary, $"Created the Service {settings.ServiceSidOrName} ({created.Sid})");
        return new ResolvedService(ServiceIdentity.From(created), IsNew: true);
    }
}

/// <summary>A Service that was found or created.</summary>
/// <param name="IsNew">
/// Whether this run has just created the Service, so that its list of Assets need not be requested. Assets that another
/// build creates concurrently are found at the end.
/// </param>
internal sealed record ResolvedService(ServiceIdentity Service, bool IsNew);
