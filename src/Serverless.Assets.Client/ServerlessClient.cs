using System.Net;
using Polly;

namespace Serverless.Assets.Client;

/// <summary>
/// The Twilio Serverless API as typed calls. Thread-safe: create one client for a run and share it, because it also
/// learns how many requests the account may have in flight.
/// </summary>
/// <remarks>
/// Every call throws <see cref="ServerlessApiException"/> when the service refuses the request or cannot be reached.
/// The client retries requests that the service is known not to have processed, and reads, deletions and uploads whose
/// response was lost. It does not retry a creation whose response was lost, because it may have succeeded:
/// <see cref="ServerlessApiException.WasProcessed"/> is then null (unknown) or true (only the response could not be
/// read), and the caller decides whether to look for the resource. A SID of the wrong kind is an
/// <see cref="ArgumentException"/>.
/// </remarks>
public sealed class ServerlessClient : IDisposable
{
    private readonly ApiConnection _connection;
    private readonly ResiliencePipeline _creations;

    public ServerlessClient(ServerlessClientOptions options)
    {
        _connection = new ApiConnection(options);
        _creations = RetryPolicy.CreateForCreations(options.Clock);
        Services = new ServiceOperations(_connection);
        Assets = new AssetOperations(_connection);
        AssetVersions = new AssetVersionOperations(_connection);
        Builds = new BuildOperations(_connection);
        Environments = new EnvironmentOperations(_connection);
        Deployments = new DeploymentOperations(_connection);
    }

    public ServiceOperations Services { get; }

    public AssetOperations Assets { get; }

    public AssetVersionOperations AssetVersions { get; }

    public BuildOperations Builds { get; }

    public EnvironmentOperations Environments { get; }

    public DeploymentOperations Deployments { get; }

    /// <summary>The time of the service, from which the age of its resources is computed.</summary>
    internal TimeProvider Clock => _connection.Clock;

    /// <summary>Tracks and limits the requests in flight.</summary>
    internal ConcurrencyGate Gate => _connection.Gate;

    /// <summary>
    /// Finds a resource or creates it. When the response to the creation is lost, or a resource with its name exists,
    /// this method looks again before the next attempt, so that nothing is created twice.
    /// </summary>
    /// <param name="find">Returns null if there is no such resource. Called before each attempt.</param>
    /// <param name="onUndecided">Called when it is not known whether the creation succeeded.</param>
    /// <exception cref="ServerlessApiException">The service refused the creation, or all attempts failed.</exception>
    internal async Task<T> FindOrCreateAsync<T>(
        Func<CancellationToken, Task<T?>> find,
        Func<CancellationToken, Task<T>> create,
        Action<ServerlessApiException>? onUndecided,
        CancellationToken cancellationToken
    )
        where T : class =>
        await _creations
            .ExecuteAsync(
                async token =>
                {
                    if (await find(token).ConfigureAwait(false) is { } found)
                    {
                        return found;
                    }

                    try
                    {
                        return await create(token).ConfigureAwait(false);
                    }
                    catch (ServerlessApiException failure) when (RetryPolicy.IsUndecidedCreation(failure))
                    {
                        onUndecided?.Invoke(failure);
                        if (
                            failure.Status != HttpStatusCode.Conflict
                            || await find(token).ConfigureAwait(false) is not { } existing
                        )
                        {
                            throw;
                        }

                        return existing;
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);

    public void Dispose() => _connection.Dispose();
}
