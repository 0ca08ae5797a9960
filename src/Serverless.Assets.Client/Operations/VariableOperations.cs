namespace Serverless.Assets.Client;

/// <summary>
/// Variables of an Environment, which Functions read. A Service is named by its SID or unique name. A change takes effect
/// with the next Deployment.
/// </summary>
public sealed class VariableOperations
{
    private readonly ApiConnection _connection;

    internal VariableOperations(ApiConnection connection) => _connection = connection;

    /// <summary>Creates a Variable: see also <see cref="SetAsync"/>.</summary>
    /// <param name="key">1 to 128 characters.</param>
    /// <param name="value">
    /// At most 450 bytes in UTF-8: see <see cref="ServerlessClientOptions.EnforceServiceLimits"/>.
    /// </param>
    /// <exception cref="ArgumentException">An argument is not valid; nothing was sent.</exception>
    /// <exception cref="ServerlessApiException">
    /// The service refused the request, or its response was lost: see
    /// <see cref="ServerlessApiException.WasProcessed"/>.
    /// </exception>
    public Task<VariableResource> CreateAsync(
        string service,
        Sid environmentSid,
        string key,
        string value,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Create(
                ApiOperation.CreateVariable,
                GetAddress(service, environmentSid),
                $"Variable {key}",
                GetFields(key, value)
            ),
            ResourceJson.Default.VariableResource,
            cancellationToken,
            created => RequireVariable(service, environmentSid, key, created)
        );

    /// <summary>
    /// Sets the Variable with a key, which is created if it does not exist. If the response to the creation is lost,
    /// this method looks again before it creates another. Calls of one client wait for each other, but two clients that
    /// create the same Variable at the same time can create two, because the service accepts that.
    /// </summary>
    /// <inheritdoc cref="CreateAsync"/>
    public async Task<VariableResource> SetAsync(
        string service,
        Sid environmentSid,
        string key,
        string value,
        CancellationToken cancellationToken = default
    )
    {
        GetFields(key, value);
        var variable = await _connection
            .FindOrCreateInTurnAsync(
                $"Variable {service} {environmentSid} {key}",
                async token =>
                    (await List(service, environmentSid).ReadAllAsync(token).ConfigureAwait(false)).FirstOrDefault(
                        existing => existing.Key == key
                    ),
                token => CreateAsync(service, environmentSid, key, value, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return variable.Value == value
            ? variable
            : await UpdateAsync(service, environmentSid, variable.Sid, key, value, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Gets a Variable.</summary>
    public Task<VariableResource> FetchAsync(
        string service,
        Sid environmentSid,
        Sid variableSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Get(
                ApiOperation.FetchVariable,
                GetAddress(service, environmentSid, variableSid),
                $"Variable {variableSid}"
            ),
            ResourceJson.Default.VariableResource,
            cancellationToken,
            fetched =>
            {
                ResponseCheck.RequireSame("sid", variableSid, fetched.Sid);
                RequireEnvironment(service, environmentSid, fetched);
            }
        );

    /// <summary>Changes the key and the value of a Variable.</summary>
    /// <inheritdoc cref="CreateAsync"/>
    public Task<VariableResource> UpdateAsync(
        string service,
        Sid environmentSid,
        Sid variableSid,
        string key,
        string value,
        CancellationToken cancellationToken = default
    ) =>
        _connection.SendAsync(
            ApiRequest.Update(
                ApiOperation.UpdateVariable,
                GetAddress(service, environmentSid, variableSid),
                $"Variable {variableSid}",
                GetFields(key, value)
            ),
            ResourceJson.Default.VariableResource,
            cancellationToken,
            updated =>
            {
                ResponseCheck.RequireSame("sid", variableSid, updated.Sid);
                RequireVariable(service, environmentSid, key, updated);
            }
        );

    /// <summary>Deletes a Variable. Succeeds if the Variable does not exist.</summary>
    public Task DeleteAsync(
        string service,
        Sid environmentSid,
        Sid variableSid,
        CancellationToken cancellationToken = default
    ) =>
        _connection.DeleteAsync(
            ApiOperation.DeleteVariable,
            GetAddress(service, environmentSid, variableSid),
            $"Variable {variableSid}",
            cancellationToken
        );

    /// <summary>Lists the Variables, newest first. Throws rather than skip a page or an item that cannot be read.</summary>
    /// <param name="pageSize">1 to 1000 items in each request.</param>
    /// <param name="limit">The maximum number of items; null means all.</param>
    public IAsyncEnumerable<VariableResource> ListAsync(
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
    public Task<ResourcePage<VariableResource>> ListPageAsync(
        string service,
        Sid environmentSid,
        int pageSize = PageSizes.Default,
        string? pageToken = null,
        CancellationToken cancellationToken = default
    ) => List(service, environmentSid).ReadPageAsync(pageSize, pageToken, cancellationToken);

    private ResourceList<VariableResource> List(string service, Sid environmentSid) =>
        new(
            _connection,
            ApiOperation.ListVariables,
            GetAddress(service, environmentSid),
            $"Variables of Environment {environmentSid}",
            ResourceJson.Default.VariableResourceArray,
            variable => RequireEnvironment(service, environmentSid, variable)
        );

    private Uri GetAddress(string service, Sid environmentSid, Sid? variableSid = null)
    {
        var environment = SidKind.Environment.RequireArgument(environmentSid);
        return variableSid is { } sid
            ? _connection.GetAddress(
                service,
                "Environments",
                environment,
                "Variables",
                SidKind.Variable.RequireArgument(sid, nameof(variableSid))
            )
            : _connection.GetAddress(service, "Environments", environment, "Variables");
    }

    private KeyValuePair<string, string>[] GetFields(string key, string value) =>
        [
            new("Key", ArgumentRules.RequireText(key, ArgumentRules.MaxVariableKey)),
            new("Value", ArgumentRules.RequireVariableValue(value, _connection.EnforcesServiceLimits)),
        ];

    private static void RequireVariable(string service, Sid environmentSid, string key, VariableResource variable)
    {
        ResponseCheck.RequireSame("key", key, variable.Key);
        RequireEnvironment(service, environmentSid, variable);
    }

    private static void RequireEnvironment(string service, Sid environmentSid, VariableResource variable)
    {
        ResponseCheck.RequireSame("environment_sid", environmentSid, variable.EnvironmentSid);
        ResponseCheck.RequireService(service, variable.ServiceSid);
    }
}
