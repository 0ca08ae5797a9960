namespace Serverless.Assets.Client;

/// <summary>Environments of a Service. A Service is named by its SID or unique name.</summary>
public sealed class EnvironmentOperations
{
    private readonly ApiConnection _connection;

    internal EnvironmentOperations(ApiConnection connection) => _connection = connection;

    /// <param name="uniqueName">At most 100 characters.</param>
    /// <param name="domainSuffix">
    /// At most 16 characters. Only one Environment of a Service can have an empty one.
    /// </param>
    public Task<EnvironmentResource> CreateAsync(
        string service,
        string uniqueName,
        string domainSuffix,
        CancellationToken cancellationToken = default
    )
    {
        List<KeyValuePair<string, string>> fields = [new("UniqueName", uniqueName)];
        if (domainSuffix.Length > 0)
        {
            fields.Add(new("DomainSuffix", domainSuffix));
        }

        var address = _connection.GetAddress(service, "Environments");
        return _connection.SendAsync(
            ApiRequest.Create(ApiOperation.CreateEnvironment, address, $"Environment {uniqueName}", fields),
            ResourceJson.Default.EnvironmentResource,
            cancellationToken,
            created =>
            {
                ResponseCheck.RequireSame("unique_name", uniqueName, created.UniqueName);
                ResponseCheck.RequireService(service, created.ServiceSid);
            }
        );
    }

    /// <summary>Gets an Environment, which shows the Build that is deployed to it.</summary>
    public Task<EnvironmentResource> FetchAsync(
        string service,
        Sid environmentSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchEnvironment,
                _connection.GetAddress(service, "Environments", SidKind.Environment.RequireArgument(environmentSid)),
                $"Environment {environmentSid}"
            ),
            ResourceJson.Default.EnvironmentResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", environmentSid, fetched.Sid);
                ResponseCheck.RequireService(service, fetched.ServiceSid);
            }
        );

    /// <summary>
    /// Finds an Environment by its unique name, or else by its domain suffix: the public Node toolkit gives them
    /// different names.
    /// </summary>
    /// <returns>Null if there is none.</returns>
    public async Task<EnvironmentResource?> FindAsync(
        string service,
        string nameOrSuffix,
        CancellationToken cancellationToken = default
    ) => Find(await ListAllAsync(service, cancellationToken).ConfigureAwait(false), nameOrSuffix);

    /// <inheritdoc cref="FindAsync"/>
    internal static EnvironmentResource? Find(IReadOnlyList<EnvironmentResource> environments, string nameOrSuffix) =>
        environments.FirstOrDefault(environment => environment.UniqueName == nameOrSuffix)
        ?? environments.FirstOrDefault(environment => environment.DomainSuffix == nameOrSuffix);

    /// <summary>Deletes an Environment and its site. Succeeds if the Environment does not exist.</summary>
    public Task DeleteAsync(string service, Sid environmentSid, CancellationToken cancellationToken = default)
    {
        var address = _connection.GetAddress(
            service,
            "Environments",
            SidKind.Environment.RequireArgument(environmentSid)
        );
        var subject = $"Environment {environmentSid}";
        return _connection.DeleteAsync(ApiOperation.DeleteEnvironment, address, subject, cancellationToken);
    }

    /// <summary>Lists the Environments. Throws rather than skip an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<EnvironmentResource> ListAsync(
        string service,
        int pageSize = ListPages.DefaultSize,
        int? limit = null,
        CancellationToken cancellationToken = default
    ) =>
        new ListPages(
            _connection,
            ApiOperation.ListEnvironments,
            _connection.GetAddress(service, "Environments"),
            $"Environments of Service {service}"
        ).ReadAsync(
            ResourceJson.Default.EnvironmentResourceArray,
            environment => ResponseCheck.RequireService(service, environment.ServiceSid),
            pageSize,
            limit,
            cancellationToken
        );

    /// <summary>Lists all Environments with as few requests as possible.</summary>
    public async Task<IReadOnlyList<EnvironmentResource>> ListAllAsync(
        string service,
        CancellationToken cancellationToken = default
    ) =>
        await ListAsync(service, ListPages.MaxSize, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
}
