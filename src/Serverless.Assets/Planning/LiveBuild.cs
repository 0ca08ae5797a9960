using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Planning;

/// <summary>
/// The Build that is deployed to an Environment. Most uploads never need it, so it is requested at the first call and
/// kept for the rest of the operation.
/// </summary>
/// <param name="environment">The unique name or domain suffix of the Environment.</param>
/// <param name="cancellationToken">The token of the whole operation: all callers share the requests.</param>
internal sealed class LiveBuild(
    ServerlessClient client,
    Sid serviceSid,
    string environment,
    CancellationToken cancellationToken
)
{
    private readonly Lock _lock = new();
    private Task<IReadOnlyList<EnvironmentResource>>? _environments;
    private Task<BuildResource?>? _build;
    private HashSet<Sid> _versions = [];

    /// <summary>The exception of <see cref="GetAsync"/>; null: it has not failed.</summary>
    public AssetException? Failure { get; private set; }

    /// <summary>All Environments of the Service.</summary>
    public Task<IReadOnlyList<EnvironmentResource>> GetEnvironmentsAsync()
    {
        lock (_lock)
        {
            return _environments ??= client.Environments.ListAllAsync(serviceSid, cancellationToken);
        }
    }

    /// <returns>Null if nothing is deployed.</returns>
    /// <exception cref="AssetException">The service does not have the Build.</exception>
    public Task<BuildResource?> GetAsync()
    {
        lock (_lock)
        {
            return _build ??= FetchAsync();
        }
    }

    /// <inheritdoc cref="GetAsync"/>
    public async Task<bool> ContainsAsync(Sid assetVersionSid)
    {
        await GetAsync().ConfigureAwait(false);
        return _versions.Contains(assetVersionSid);
    }

    private async Task<BuildResource?> FetchAsync()
    {
        var found = EnvironmentOperations.Find(await GetEnvironmentsAsync().ConfigureAwait(false), environment);
        if (found?.BuildSid is not { } build)
        {
            return null;
        }

        try
        {
            var deployed = await new DeployedEnvironments(client, serviceSid)
                .GetBuildAsync(found.UniqueName, build, cancellationToken)
                .ConfigureAwait(false);
            _versions = [.. (deployed.AssetVersions ?? []).Select(version => version.Sid)];
            return deployed;
        }
        catch (AssetException failure)
        {
            Failure = failure;
            throw;
        }
    }
}
