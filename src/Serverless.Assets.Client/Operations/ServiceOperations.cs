namespace Serverless.Assets.Client;

/// <summary>Services of the account.</summary>
public sealed class ServiceOperations
{
    private readonly ApiConnection _connection;

    internal ServiceOperations(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Creates a Service whose Functions receive the account's credentials. It is editable in the Twilio Console.
    /// </summary>
    /// <param name="uniqueName">At most 50 letters, digits and dashes; permanent.</param>
    public Task<ServiceResource> CreateAsync(string uniqueName, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateService,
                _connection.ServicesAddress,
                $"Service {uniqueName}",
                new("UniqueName", uniqueName),
                new("FriendlyName", uniqueName),
                new("IncludeCredentials", "true"),
                new("UiEditable", "true")
            ),
            ResourceJson.Default.ServiceResource,
            cancellationToken,
            created => ResponseCheck.RequireSame("unique_name", uniqueName, created.UniqueName)
        );

    /// <summary>Gets a Service. That it does not exist is an error: see <see cref="FindAsync"/>.</summary>
    /// <param name="service">A SID or unique name.</param>
    public Task<ServiceResource> FetchAsync(string service, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Get(ApiOperation.FetchService, _connection.GetAddress(service), $"Service {service}"),
            ResourceJson.Default.ServiceResource,
            cancellationToken,
            fetched => ResponseCheck.RequireService(service, fetched)
        );

    /// <summary>Finds a Service.</summary>
    /// <param name="service">A SID or unique name.</param>
    /// <returns>Null if there is none.</returns>
    public Task<ServiceResource?> FindAsync(string service, CancellationToken cancellationToken = default) =>
        ApiConnection.NullIfNotFoundAsync(FetchAsync(service, cancellationToken));
}
