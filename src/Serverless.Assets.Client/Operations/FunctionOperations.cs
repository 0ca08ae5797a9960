namespace Serverless.Assets.Client;

/// <summary>Functions of a Service. A Service is named by its SID or unique name.</summary>
public sealed class FunctionOperations
{
    private readonly ApiConnection _connection;

    internal FunctionOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Gets a Function.</summary>
    public Task<FunctionResource> FetchAsync(
        string service,
        Sid functionSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchFunction,
                _connection.GetAddress(service, "Functions", SidKind.Asset.RequireArgument(functionSid)),
                $"Function {functionSid}"
            ),
            ResourceJson.Default.FunctionResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", functionSid, fetched.Sid);
                ResponseCheck.RequireService(service, fetched.ServiceSid);
            }
        );

    /// <summary>Lists the Functions, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<FunctionResource> ListAsync(
        string service,
        int pageSize = PageSizes.Default,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => List(service).ReadAsync(pageSize, limit, cancellationToken);

    /// <summary>Gets one page of the list. The page is complete, or the call throws.</summary>
    /// <param name="pageSize">1 to 1000 items.</param>
    /// <param name="pageToken">
    /// The <see cref="ResourcePage{T}.NextPageToken"/> of the page before; null means the first page.
    /// </param>
    public Task<ResourcePage<FunctionResource>> ListPageAsync(
        string service,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service).ReadPageAsync(pageSize, pageToken, cancellationToken);

    private ResourceList<FunctionResource> List(string service) =>
        new(
            _connection,
            ApiOperation.ListFunctions,
            _connection.GetAddress(service, "Functions"),
            $"Functions of Service {service}",
            ResourceJson.Default.FunctionResourceArray,
            function => ResponseCheck.RequireService(service, function.ServiceSid)
        );
}
