using Serverless.Assets.Api;

namespace Serverless.Assets.Planning;

/// <summary>The Build that is live in the Environment, fetched once when it is first asked for.</summary>
internal sealed class LiveBuild(ServerlessApi api, string serviceSid, string environment, CancellationToken cancellation)
{
    private readonly Lazy<Task<BuildResource?>> _build = new(() => FetchAsync(api, serviceSid, environment, cancellation));

    /// <returns>Null when nothing is live there.</returns>
    public Task<BuildResource?> GetAsync() => _build.Value;

    public async Task<bool> HoldsAsync(string assetVersionSid) =>
        await GetAsync().ConfigureAwait(false) is { AssetVersions: { } versions }
        && versions.Any(version => string.Equals(version.Sid, assetVersionSid, StringComparison.OrdinalIgnoreCase));

    private static async Task<BuildResource?> FetchAsync(ServerlessApi api, string serviceSid, string environment, CancellationToken cancellation)
    {
        var environments = await api.ListEnvironmentsAsync(serviceSid, cancellation).ConfigureAwait(false);

        // The public Node toolkit gives Environments other unique names than their suffixes.
        var found = environments.FirstOrDefault(candidate => candidate.UniqueName == environment)
            ?? environments.FirstOrDefault(candidate => candidate.DomainSuffix == environment);
        return found?.BuildSid is { } build ? await api.FindBuildAsync(serviceSid, build, cancellation).ConfigureAwait(false) : null;
    }
}
