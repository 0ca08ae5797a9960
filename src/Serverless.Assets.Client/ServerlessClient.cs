namespace Serverless.Assets.Client;

/// <summary>
/// The Twilio Serverless API as typed calls. Thread-safe: create one client and share it, because it also learns how
/// many requests the account may have in flight.
/// </summary>
/// <remarks>
/// <para>
/// Every call throws <see cref="ServerlessApiException"/> when the service refuses the request or cannot be reached, and
/// <see cref="ArgumentException"/> before it sends a request with an argument that is not valid, such as a SID of the
/// wrong kind.
/// </para>
/// <para>
/// The client limits the requests in flight, and retries: a request that the service is known not to have processed
/// (429, or no connection); and a read, a change, a deletion or an upload whose response was lost or was an error of
/// the server (5xx). It does not retry a creation in the latter case, because it may have succeeded:
/// <see cref="ServerlessApiException.WasProcessed"/> is then null (unknown) or true (only the response could not be
/// read). The methods named <c>FindOrCreateAsync</c>, and <see cref="VariableOperations.SetAsync"/>, look for the
/// resource before they create it again.
/// </para>
/// </remarks>
public sealed class ServerlessClient : IDisposable
{
    private readonly ApiConnection _connection;

    /// <summary>Creates a client with the credentials of the environment, for Twilio's default region.</summary>
    /// <exception cref="InvalidOperationException">There are no credentials in the environment.</exception>
    /// <exception cref="FormatException">The SID in the environment is malformed.</exception>
    public ServerlessClient()
        : this(new ServerlessClientOptions()) { }

    /// <exception cref="ArgumentException">Options are not valid. The message contains all problems.</exception>
    /// <exception cref="InvalidOperationException">The options contain no credentials, nor does the environment.</exception>
    /// <exception cref="FormatException">The SID in the environment is malformed.</exception>
    public ServerlessClient(ServerlessClientOptions options)
    {
        _connection = new ApiConnection(ConnectionSettings.Create(options));
        Services = new ServiceOperations(_connection);
        Assets = new AssetOperations(_connection);
        AssetVersions = new AssetVersionOperations(_connection);
        Functions = new FunctionOperations(_connection);
        FunctionVersions = new FunctionVersionOperations(_connection);
        Builds = new BuildOperations(_connection);
        Environments = new EnvironmentOperations(_connection);
        Deployments = new DeploymentOperations(_connection);
        Variables = new VariableOperations(_connection);
    }

    public ServiceOperations Services { get; }

    public AssetOperations Assets { get; }

    public AssetVersionOperations AssetVersions { get; }

    public FunctionOperations Functions { get; }

    public FunctionVersionOperations FunctionVersions { get; }

    public BuildOperations Builds { get; }

    public EnvironmentOperations Environments { get; }

    public DeploymentOperations Deployments { get; }

    public VariableOperations Variables { get; }

    /// <inheritdoc cref="ApiConnection.Clock"/>
    internal TimeProvider Clock => _connection.Clock;

    /// <summary>Tracks and limits the requests in flight.</summary>
    internal ConcurrencyGate Gate => _connection.Gate;

    /// <inheritdoc cref="ApiConnection.FindOrCreateAsync"/>
    internal Task<T> FindOrCreateAsync<T>(
        Func<CancellationToken, Task<T?>> find,
        Func<CancellationToken, Task<T>> create,
        Action<ServerlessApiException>? onUndecided,
        CancellationToken cancellationToken
    )
        where T : class => _connection.FindOrCreateAsync(find, create, onUndecided, cancellationToken);

    /// <summary>Closes the connections. Calls that have not ended fail.</summary>
    public void Dispose() => _connection.Dispose();
}
