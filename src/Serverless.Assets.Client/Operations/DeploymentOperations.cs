namespace Serverless.Assets.Client;

/// <summary>Deployments to an Environment. A Service is named by its SID or unique name.</summary>
public sealed class DeploymentOperations
{
    private readonly ApiConnection _connection;

    internal DeploymentOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Deploys a complete Build, which replaces everything that was deployed to the Environment.</summary>
    /// <exception cref="ServerlessApiException">For example, 409: the Build is already deployed.</exception>
    public Task<DeploymentResource> CreateAsync(
        string service,
        string environmentSid,
        string buildSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateDeployment,
                _connection.AddressOf(service, "Environments", environmentSid, "Deployments"),
                $"Deployment of Build {buildSid}",
                new KeyValuePair<string, string>("BuildSid", buildSid)
            ),
            ResourceJson.Default.DeploymentResource,
            cancellationToken
        );

    /// <summary>Lists the Deployments, the newest first. A page is complete, or the enumeration throws.</summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="limit">How many are returned at most; null: all.</param>
    public IAsyncEnumerable<DeploymentResource> ListAsync(
        string service,
        string environmentSid,
        int pageSize = ListPages.DefaultSize,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) =>
        new ListPages(
            _connection,
            ApiOperation.ListDeployments,
            _connection.AddressOf(service, "Environments", environmentSid, "Deployments"),
            $"Deployments of Environment {environmentSid}"
        ).ReadAsync(ResourceJson.Default.DeploymentResourceArray, pageSize, limit, cancellationToken);
}
