namespace Serverless.Assets.Client;

/// <summary>Builds of a Service. A Service is named by its SID or unique name.</summary>
public sealed class BuildOperations
{
    /// <summary>A Build lists up to 1,100 versions, each with a path of up to 255 characters.</summary>
    private const int MaxBuildBytes = 8 * 1024 * 1024;

    private readonly ApiConnection _connection;

    internal BuildOperations(ApiConnection connection) => _connection = connection;

    /// <summary>
    /// Creates a Build, which the service completes in the background: see <see cref="WaitAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentException">An argument is not valid; nothing was sent.</exception>
    public Task<BuildResource> CreateAsync(
        string service,
        BuildContents contents,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(contents);
        return _connection.SendAsync(
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
    }

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

    /// <summary>Waits until the service has completed a Build.</summary>
    /// <param name="interval">
    /// The time between two requests of the status; null means a second, as Twilio's documentation recommends. At most
    /// 24 days.
    /// </param>
    /// <returns>The final status: <see cref="BuildStatus.Completed"/> or <see cref="BuildStatus.Failed"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive, or too long.</exception>
    public async Task<BuildStatusResource> WaitAsync(
        string service,
        Sid buildSid,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default
    )
    {
        var pause = interval ?? TimeSpan.FromSeconds(1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pause, TimeSpan.Zero, nameof(interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pause, ConnectionSettings.MaxTimeout, nameof(interval));
        while (true)
        {
            var build = await FetchStatusAsync(service, buildSid, cancellationToken).ConfigureAwait(false);
            if (build.Status != BuildStatus.Building)
            {
                return build;
            }

            await Task.Delay(pause, _connection.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Deletes a Build. Succeeds if the Build does not exist. The versions that it contains remain.
    /// </summary>
    /// <exception cref="ServerlessApiException">For example, the Build is deployed.</exception>
    public Task DeleteAsync(string service, Sid buildSid, CancellationToken cancellationToken = default) =>
        _connection.DeleteAsync(
            ApiOperation.DeleteBuild,
            _connection.GetAddress(service, "Builds", SidKind.Build.RequireArgument(buildSid)),
            $"Build {buildSid}",
            cancellationToken
        );

    /// <summary>
    /// Lists the Builds, newest first. Each one includes all its versions, so use small pages and stop early. Throws
    /// rather than skip a page or an item that cannot be read.
    /// </summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<BuildResource> ListAsync(
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
    public Task<ResourcePage<BuildResource>> ListPageAsync(
        string service,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service).ReadPageAsync(pageSize, pageToken, cancellationToken);

    private ResourceList<BuildResource> List(string service) =>
        new(
            _connection,
            ApiOperation.ListBuilds,
            _connection.GetAddress(service, "Builds"),
            $"Builds of Service {service}",
            ResourceJson.Default.BuildResourceArray,
            build => ResponseCheck.RequireService(service, build.ServiceSid)
        );
}
