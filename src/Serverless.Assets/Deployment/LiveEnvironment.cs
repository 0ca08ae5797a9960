using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Deployment;

/// <summary>
/// An Environment and the Build that is deployed to it; each is fetched once, when it is first needed.
/// </summary>
/// <param name="name">
/// Its unique name, or its domain suffix: the public Node toolkit gives them different names.
/// </param>
internal sealed class LiveEnvironment(
    ServerlessClient client,
    string serviceSid,
    string name,
    CancellationToken cancellationToken
)
{
    private readonly Lock _lock = new();
    private Task<EnvironmentResource?>? _environment;
    private Task<BuildResource?>? _build;

    /// <returns>Null when there is no such Environment.</returns>
    public Task<EnvironmentResource?> GetEnvironmentAsync()
    {
        lock (_lock)
        {
            return _environment ??= FindAsync();
        }
    }

    /// <exception cref="AssetException">There is no such Environment, or nothing is deployed to it.</exception>
    public async Task<EnvironmentResource> GetDeployedAsync() =>
        await GetEnvironmentAsync().ConfigureAwait(false) is { BuildSid: not null } deployed
            ? deployed
            : throw new AssetException(DeploymentDiagnostics.NothingLive(name));

    /// <returns>Null when nothing is deployed.</returns>
    public Task<BuildResource?> GetBuildAsync()
    {
        lock (_lock)
        {
            return _build ??= FetchBuildAsync();
        }
    }

    public async Task<bool> HoldsAsync(string assetVersionSid) =>
        await GetBuildAsync().ConfigureAwait(false) is { AssetVersions: { } versions }
        && versions.Any(version => string.Equals(version.Sid, assetVersionSid, StringComparison.OrdinalIgnoreCase));

    private async Task<EnvironmentResource?> FindAsync() =>
        Find(
            await client
                .Environments.ListAsync(serviceSid, pageSize: ListPages.MaxSize, cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken)
                .ConfigureAwait(false),
            name
        );

    /// <summary>Finds an Environment by its unique name, otherwise by its domain suffix.</summary>
    public static EnvironmentResource? Find(IReadOnlyList<EnvironmentResource> environments, string name) =>
        environments.FirstOrDefault(environment => environment.UniqueName == name)
        ?? environments.FirstOrDefault(environment => environment.DomainSuffix == name);

    private async Task<BuildResource?> FetchBuildAsync() =>
        (await GetEnvironmentAsync().ConfigureAwait(false))?.BuildSid is { } build
            ? await client.Builds.FindAsync(serviceSid, build, cancellationToken).ConfigureAwait(false)
            : null;
}
