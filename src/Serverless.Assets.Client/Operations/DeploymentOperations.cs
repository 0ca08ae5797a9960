namespace Serverless.Assets.Client;

/// <summary>Deployments to an Environment. A Service is named by its SID or unique name.</summary>
public sealed class DeploymentOperations
{
    private readonly ApiConnection _connection;

    internal DeploymentOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Deploys a completed Build. It replaces the Environment's current Build.</summary>
    /// <exception cref="ServerlessApiException">For example, 409: the Build is already deployed.</exception>
    public Task<DeploymentResource> CreateAsync(
        string service,
        Sid environmentSid,
        Sid buildSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateDeployment,
                _connection.GetAddress(
                    service,
                    "Environments",
                    SidKind.Environment.RequireArgument(environmentSid),
                    "Deployments"
                ),
                $"Deployment of Build {buildSid}",
                new KeyValuePair<string, string>("BuildSid", SidKind.Build.RequireArgument(buildSid))
            ),
            ResourceJson.Default.DeploymentResource,
            cancellationToken,
            created =>
            {
                // Without a Build, the Deployment would have taken the site down.
                ResponseCheck.RequireSame("build_sid", buildSid, created.BuildSid ?? default(Sid));
                ResponseCheck.RequireSame("environment_sid", environmentSid, created.EnvironmentSid);
            }
        );

    /// <summary>Gets a Deployment.</summary>
    public Task<DeploymentResource> FetchAsync(
        string service,
        Sid environmentSid,
        Sid deploymentSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchDeployment,
                _connection.GetAddress(
                    service,
                    "Environments",
                    SidKind.Environment.RequireArgument(environmentSid),
                    "Deployments",
                    SidKind.Deployment.RequireArgument(deploymentSid)
                ),
                $"Deployment {deploymentSid}"
            ),
            ResourceJson.Default.DeploymentResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", deploymentSid, fetched.Sid);
                ResponseCheck.RequireSame("environment_sid", environmentSid, fetched.EnvironmentSid);
            }
        );

    /// <summary>Lists the Deployments, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<DeploymentResource> ListAsync(
        string service,
        Sid environmentSid,
        int pageSize = PageSizes.Default,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) => List(service, environmentSid).ReadAsync(pageSize, limit, cancellationToken);

    /// <summary>Gets one page of the list. The page is complete, or the call throws.</summary>
    /// <param name="pageSize">1 to 1000 items.</param>
    /// <param name="pageToken">
    /// The <see cref="ResourcePage{T}.NextPageToken"/> of the page before; null means the first page.
    /// </param>
    public Task<ResourcePage<DeploymentResource>> ListPageAsync(
        string service,
        Sid environmentSid,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service, environmentSid).ReadPageAsync(pageSize, pageToken, cancellationToken);

    /// <summary>Lists all Deployments with as few requests as possible.</summary>
    public Task<IReadOnlyList<DeploymentResource>> ListAllAsync(
        string service,
        Sid environmentSid,
        CancellationToken cancellationToken = default
    ) => List(service, environmentSid).ReadAllAsync(cancellationToken);

    private ResourceList<DeploymentResource> List(string service, Sid environmentSid) =>
        new(
            _connection,
            ApiOperation.ListDeployments,
            _connection.GetAddress(
                service,
                "Environments",
                SidKind.Environment.RequireArgument(environmentSid),
                "Deployments"
            ),
            $"Deployments of Environment {environmentSid}",
            ResourceJson.Default.DeploymentResourceArray,
            deployment => ResponseCheck.RequireSame("environment_sid", environmentSid, deployment.EnvironmentSid)
        );
}
