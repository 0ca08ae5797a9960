using Serverless.Assets.Client;

namespace Serverless.Assets.Upload;

/// <summary>
/// The Build that is deployed to an Environment. Most uploads never need it, so it is requested at the first call and
/// kept for the rest of the operation.
/// </summary>
/// <param name="environment">The unique name or domain suffix of the Environment.</param>
/// <param name="cancellationToken">The token of the whole operation: all callers share the requests.</param>
internal sealed class LiveBuild(
    ServerlessClient client,
    string serviceSid,
    string environment,
    CancellationToken cancellationToken
)
{
    private readonly Lock _lock = new();
    private Task<BuildResource?>? _build;

    /// <returns>Null if nothing is deployed.</returns>
    public Task<BuildResource?> GetAsync()
    {
        lock (_lock)
        {
            return _build ??= FetchAsync();
        }
    }

    public async Task<bool> ContainsAsync(string assetVersionSid) =>
        await GetAsync().ConfigureAwait(false) is { AssetVersions: { } versions }
        && versions.Any(version => Sid.AreEqual(version.Sid, assetVersionSid));

    private async Task<BuildResource?> FetchAsync()
    {
        var found = await client
            .Environments.FindAsync(serviceSid, environment, cancellationToken)
            .ConfigureAwait(false);
        return found?.BuildSid is { } build
            ? await client.Builds.FindAsync(serviceSid, build, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
