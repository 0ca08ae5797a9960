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

    /// <summary>Lists the Deployments, newest first. Throws rather than skip an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<DeploymentResource> ListAsync(
        string service,
        Sid environmentSid,
        int pageSize = ListPages.DefaultSize,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) =>
        new ListPages(
            _connection,
            ApiOperation.ListDeployments,
            _connection.GetAddress(
                service,
                "Environments",
                SidKind.Environment.RequireArgument(environmentSid),
                "Deployments"
            ),
            $"Deployments of Environment {environmentSid}"
        ).ReadAsync(
            ResourceJson.Default.DeploymentResourceArray,
            deployment => ResponseCheck.RequireSame("environment_sid", environmentSid, deployment.EnvironmentSid),
            pageSize,
            limit,
            cancellationToken
        );

    /// <summary>Lists all Deployments with as few requests as possible.</summary>
    public async Task<IReadOnlyList<DeploymentResource>> ListAllAsync(
        string service,
        Sid environmentSid,
        CancellationToken cancellationToken = default
    ) =>
        await ListAsync(service, environmentSid, ListPages.MaxSize, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
}
