namespace Serverless.Assets.Client;

/// <summary>Environments of a Service. A Service is named by its SID or unique name.</summary>
public sealed class EnvironmentOperations
{
    private readonly ApiConnection _connection;

    internal EnvironmentOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Creates an Environment, to which nothing is deployed yet.</summary>
    /// <param name="uniqueName">1 to 100 characters; unique within the Service.</param>
    /// <param name="domainSuffix">
    /// At most 16 letters, digits and inner dashes. Only one Environment of a Service can have an empty one.
    /// </param>
    /// <exception cref="ArgumentException">An argument is not valid; nothing was sent.</exception>
    /// <exception cref="ServerlessApiException">For example, 409: the name or the suffix is taken.</exception>
    public Task<EnvironmentResource> CreateAsync(
        string service,
        string uniqueName,
        string domainSuffix,
        CancellationToken cancellationToken = default
    )
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("UniqueName", ArgumentRules.RequireText(uniqueName, ArgumentRules.MaxEnvironmentName)),
        ];
        if (ArgumentRules.RequireDomainSuffix(domainSuffix).Length > 0)
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

    /// <summary>
    /// Finds the Environment with a unique name, whatever its suffix is, or creates it. If the response to the creation is
    /// lost, this method looks again before it creates another.
    /// </summary>
    /// <inheritdoc cref="CreateAsync"/>
    public Task<EnvironmentResource> FindOrCreateAsync(
        string service,
        string uniqueName,
        string domainSuffix,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentRules.RequireText(uniqueName, ArgumentRules.MaxEnvironmentName);
        ArgumentRules.RequireDomainSuffix(domainSuffix);
        return _connection.FindOrCreateInTurnAsync(
            $"Environment {service} {uniqueName}",
            async token =>
                (await ListAllAsync(service, token).ConfigureAwait(false)).FirstOrDefault(environment =>
                    environment.UniqueName == uniqueName
                ),
            token => CreateAsync(service, uniqueName, domainSuffix, token),
            cancellationToken
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
    /// <param name="nameOrSuffix">Empty text finds the Environment without a domain suffix.</param>
    /// <returns>Null if there is none.</returns>
    public async Task<EnvironmentResource?> FindAsync(
        string service,
        string nameOrSuffix,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(nameOrSuffix);
        return Find(await ListAllAsync(service, cancellationToken).ConfigureAwait(false), nameOrSuffix);
    }

    /// <inheritdoc cref="FindAsync"/>
    internal static EnvironmentResource? Find(IReadOnlyList<EnvironmentResource> environments, string nameOrSuffix) =>
        environments.FirstOrDefault(environment => environment.UniqueName == nameOrSuffix)
        ?? environments.FirstOrDefault(environment => (environment.DomainSuffix ?? "") == nameOrSuffix);

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

    /// <summary>Lists the Environments, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<EnvironmentResource> ListAsync(
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
    public Task<ResourcePage<EnvironmentResource>> ListPageAsync(
        string service,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service).ReadPageAsync(pageSize, pageToken, cancellationToken);

    /// <summary>Lists all Environments with as few requests as possible.</summary>
    public Task<IReadOnlyList<EnvironmentResource>> ListAllAsync(
        string service,
        CancellationToken cancellationToken = default
    ) => List(service).ReadAllAsync(cancellationToken);

    private ResourceList<EnvironmentResource> List(string service) =>
        new(
            _connection,
            ApiOperation.ListEnvironments,
            _connection.GetAddress(service, "Environments"),
            $"Environments of Service {service}",
            ResourceJson.Default.EnvironmentResourceArray,
            environment => ResponseCheck.RequireService(service, environment.ServiceSid)
        );
}
