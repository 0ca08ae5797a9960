namespace Serverless.Assets.Client;

/// <summary>Services of the account.</summary>
public sealed class ServiceOperations
{
    private readonly ApiConnection _connection;

    internal ServiceOperations(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Creates a Service whose Functions receive the account's credentials. It is editable in the Twilio Console.
    /// </summary>
    /// <param name="uniqueName">1 to 50 letters, digits and dashes; permanent.</param>
    /// <exception cref="ArgumentException">The name is not valid; nothing was sent.</exception>
    /// <exception cref="ServerlessApiException">For example, 409: the name is taken.</exception>
    public Task<ServiceResource> CreateAsync(string uniqueName, CancellationToken cancellationToken = default) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateService,
                _connection.ServicesAddress,
                $"Service {uniqueName}",
                new("UniqueName", ArgumentRules.RequireServiceName(uniqueName)),
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

    /// <summary>
    /// Finds the Service with a unique name, or creates it. If the response to the creation is lost, this method looks
    /// again before it creates another.
    /// </summary>
    /// <inheritdoc cref="CreateAsync"/>
    public Task<ServiceResource> FindOrCreateAsync(string uniqueName, CancellationToken cancellationToken = default)
    {
        ArgumentRules.RequireServiceName(uniqueName);
        return _connection.FindOrCreateInTurnAsync(
            $"Service {uniqueName}",
            token => FindAsync(uniqueName, token),
            token => CreateAsync(uniqueName, token),
            cancellationToken
        );
    }

    /// <summary>
    /// Deletes a Service with everything in it, including its sites. Succeeds if the Service does not exist.
    /// </summary>
    /// <param name="service">A SID or unique name.</param>
    public Task DeleteAsync(string service, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(
            ApiOperation.DeleteService,
            _connection.GetAddress(service),
            $"Service {service}",
            cancellationToken
        );

    /// <summary>Lists the Services of the account, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<ServiceResource> ListAsync(
        int pageSize = PageSizes.Default,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => List().ReadAsync(pageSize, limit, cancellationToken);

    /// <summary>Gets one page of the list. The page is complete, or the call throws.</summary>
    /// <param name="pageSize">1 to 1000 items.</param>
    /// <param name="pageToken">
    /// The <see cref="ResourcePage{T}.NextPageToken"/> of the page before; null means the first page.
    /// </param>
    public Task<ResourcePage<ServiceResource>> ListPageAsync(
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List().ReadPageAsync(pageSize, pageToken, cancellationToken);

    private ResourceList<ServiceResource> List() =>
        new(
            _connection,
            ApiOperation.ListServices,
            _connection.ServicesAddress,
            "Services of the account",
            ResourceJson.Default.ServiceResourceArray,
            static _ => { }
        );
}
