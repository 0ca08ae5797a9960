namespace Serverless.Assets.Client;

/// <summary>Builds of a Service. A Service is named by its SID or unique name.</summary>
public sealed class BuildOperations
{
    /// <summary>A Build lists up to 1,100 versions, each with a path of up to 255 characters.</summary>
    private const int MaxBuildBytes = 8 * 1024 * 1024;

    private readonly ApiConnection _connection;

    internal BuildOperations(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Creates a Build, which the service completes in the background: see <see cref="FetchStatusAsync"/>.
    /// </summary>
    public Task<BuildResource> CreateAsync(
        string service,
        BuildContents contents,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateBuild,
                _connection.GetAddress(service, "Builds"),
                $"a Build of Service {service}",
                contents.ToFields()
            ) with
            {
                MaxResponseBytes = MaxBuildBytes,
            },
            ResourceJson.Default.BuildResource,
            cancellationToken,
            created =>
            {
                ResponseCheck.RequireService(service, created.ServiceSid);
                ResponseCheck.RequireVersions(
                    "asset_versions",
                    contents.AssetVersions,
                    created.AssetVersions?.Select(version => version.Sid)
                );
                ResponseCheck.RequireVersions(
                    "function_versions",
                    contents.FunctionVersions,
                    created.FunctionVersions?.Select(version => version.Sid)
                );
            }
        );

    /// <summary>Gets a Build with its contents. That it does not exist is an error: see <see cref="FindAsync"/>.</summary>
    public Task<BuildResource> FetchAsync(
        string service,
        Sid buildSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchBuild,
                _connection.GetAddress(service, "Builds", SidKind.Build.RequireArgument(buildSid)),
                $"Build {buildSid}"
            ) with
            {
                MaxResponseBytes = MaxBuildBytes,
            },
            ResourceJson.Default.BuildResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", buildSid, fetched.Sid);
                ResponseCheck.RequireService(service, fetched.ServiceSid);
            }
        );

    /// <summary>Finds a Build with its contents.</summary>
    /// <returns>Null if there is none.</returns>
    public Task<BuildResource?> FindAsync(
        string service,
        Sid buildSid,
        CancellationToken cancellationToken = default
    ) => ApiConnection.NullIfNotFoundAsync(FetchAsync(service, buildSid, cancellationToken));

    /// <summary>Fetches only the status. Twilio's documentation recommends polling about once a second.</summary>
    public Task<BuildStatusResource> FetchStatusAsync(
        string service,
        Sid buildSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchBuildStatus,
                _connection.GetAddress(service, "Builds", SidKind.Build.RequireArgument(buildSid), "Status"),
                $"Build {buildSid}"
            ),
            ResourceJson.Default.BuildStatusResource,
            cancellationToken,
            fetched => ResponseCheck.RequireSame("sid", buildSid, fetched.Sid)
        );

    /// <summary>
    /// Lists the Builds, newest first. Each one includes all its versions, so use small pages and stop early. Throws
    /// rather than skip an item that cannot be read.
    /// </summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<BuildResource> ListAsync(
        string service,
        int pageSize = ListPages.DefaultSize,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) =>
        new ListPages(
            _connection,
            ApiOperation.ListBuilds,
            _connection.GetAddress(service, "Builds"),
            $"Builds of Service {service}"
        ).ReadAsync(
            ResourceJson.Default.BuildResourceArray,
            build => ResponseCheck.RequireService(service, build.ServiceSid),
            pageSize,
            limit,
            cancellationToken
        );
}
