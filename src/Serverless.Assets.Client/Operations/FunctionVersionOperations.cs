namespace Serverless.Assets.Client;

/// <summary>Function Versions of a Function. A Service is named by its SID or unique name.</summary>
public sealed class FunctionVersionOperations
{
    private readonly ApiConnection _connection;

    internal FunctionVersionOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Gets a Function Version.</summary>
    public Task<FunctionVersionResource> FetchAsync(
        string service,
        Sid functionSid,
        Sid versionSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchFunctionVersion,
                _connection.GetAddress(
                    service,
                    "Functions",
                    SidKind.Asset.RequireArgument(functionSid),
                    "Versions",
                    SidKind.Version.RequireArgument(versionSid)
                ),
                $"Function Version {versionSid}"
            ),
            ResourceJson.Default.FunctionVersionResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", versionSid, fetched.Sid);
                RequireFunction(service, functionSid, fetched);
            }
        );

    /// <summary>Lists the versions of a Function, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<FunctionVersionResource> ListAsync(
        string service,
        Sid functionSid,
        int pageSize = PageSizes.Default,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => List(service, functionSid).ReadAsync(pageSize, limit, cancellationToken);

    /// <summary>Gets one page of the list. The page is complete, or the call throws.</summary>
    /// <param name="pageSize">1 to 1000 items.</param>
    /// <param name="pageToken">
    /// The <see cref="ResourcePage{T}.NextPageToken"/> of the page before; null means the first page.
    /// </param>
    public Task<ResourcePage<FunctionVersionResource>> ListPageAsync(
        string service,
        Sid functionSid,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service, functionSid).ReadPageAsync(pageSize, pageToken, cancellationToken);

    private ResourceList<FunctionVersionResource> List(string service, Sid functionSid) =>
        new(
            _connection,
            ApiOperation.ListFunctionVersions,
            _connection.GetAddress(service, "Functions", SidKind.Asset.RequireArgument(functionSid), "Versions"),
            $"Function Versions of Function {functionSid}",
            ResourceJson.Default.FunctionVersionResourceArray,
            version => RequireFunction(service, functionSid, version)
        );

    private static void RequireFunction(string service, Sid functionSid, FunctionVersionResource version)
    {
        ResponseCheck.RequireSame("function_sid", functionSid, version.FunctionSid);
        ResponseCheck.RequireService(service, version.ServiceSid);
    }
}
