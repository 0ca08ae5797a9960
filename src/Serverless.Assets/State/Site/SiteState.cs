using Serverless.Assets.Client;

namespace Serverless.Assets.State.Site;

/// <summary>
/// What is known of the assets of a live Build: its state file, as far as it agrees with the Build. An entry whose Asset
/// Version is not in the Build, or has another path, is not trusted.
/// </summary>
internal sealed class SiteState : ISharedUploads
{
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, AssetVersionResource> _versions;
    private readonly Dictionary<Sid, SiteAsset> _assets;
    private readonly Dictionary<string, HiddenAsset> _hidden;

    /// <param name="build">The live Build.</param>
    /// <param name="version">The Asset Version of the state file in the Build; null: there is none.</param>
    /// <param name="file">Null: there is none, or it can't be used.</param>
    /// <param name="key">Null if it is not known; then the state of protected and private assets is not either.</param>
    public SiteState(
        BuildResource build,
        AssetVersionResource? version,
        SiteStateFile? file,
        HiddenAssetKey? key,
        TimeProvider clock
    )
    {
        _clock = clock;
        BuildSid = build.Sid;
        Version = version;
        File = file;
        Key = key;
        // The service refuses a Build with two versions of one path. One that has them is not relied on.
        _versions = (build.AssetVersions ?? [])
            .GroupBy(asset => asset.Path, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        _assets = (file?.Assets ?? [])
            .GroupBy(asset => asset.AssetVersionSid)
            .ToDictionary(group => group.Key, group => group.First());
        _hidden = (file?.HiddenAssets ?? [])
            .GroupBy(asset => asset.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    public Sid BuildSid { get; }

    public AssetVersionResource? Version { get; }

    public SiteStateFile? File { get; }

    public HiddenAssetKey? Key { get; }

    /// <summary>Where an earlier or the live Build comes from; null: not known.</summary>
    public SiteDeployment? FindDeployment(Sid build) =>
        build == BuildSid
            ? File?.Deployment
            : File?.Earlier.FirstOrDefault(earlier => earlier.Build == build)?.Deployment;

    public bool HasTurns => false;

    public ValueTask<RememberedUpload?> FindAsync(StateKey key, CancellationToken cancellationToken) => new(Find(key));

    public ValueTask<UploadTurn> WaitForTurnAsync(StateKey key, CancellationToken cancellationToken) =>
        new(
            new UploadTurn
            {
                AssetSid = _versions.TryGetValue(key.Path.Value, out var version) ? version.AssetSid : null,
            }
        );

    /// <summary>A deployment writes the next state file.</summary>
    public void Share(RememberedUpload upload) { }

    public ValueTask<bool> ReplaceAsync(RememberedUpload old, RememberedUpload replacement) => default;

    public ValueTask DisposeAsync() => default;

    private RememberedUpload? Find(StateKey key)
    {
        if (
            !_versions.TryGetValue(key.Path.Value, out var version)
            || version.Visibility != key.Visibility
            || !IsUploadOf(version, key)
        )
        {
            return null;
        }

        var assetSid = version.AssetSid ?? FindAsset(version)?.AssetSid;
        return assetSid is { } sid ? new RememberedUpload(key, sid, version.Sid, _clock.GetUtcNow()) : null;
    }

    /// <returns>Null if the state file does not have the Asset Version.</returns>
    public AssetRecord? FindRecord(AssetVersionResource version) =>
        FindAsset(version) is { } asset ? new AssetRecord(asset, Hidden: null)
        : FindHidden(version) is { } hidden ? new AssetRecord(Public: null, hidden)
        : null;

    /// <returns>Null if the state file does not have the public asset, or has it with another path.</returns>
    private SiteAsset? FindAsset(AssetVersionResource version) =>
        version.Visibility == Visibility.Public
        && _assets.TryGetValue(version.Sid, out var asset)
        && asset.Path.Value == version.Path
            ? asset
            : null;

    /// <returns>Null if the state file does not have the protected or private asset.</returns>
    private HiddenAsset? FindHidden(AssetVersionResource version) =>
        version.Visibility != Visibility.Public && Key is { } key
            ? _hidden.GetValueOrDefault(key.GetId(version.Sid))
            : null;

    private bool IsUploadOf(AssetVersionResource version, StateKey key) =>
        key.Visibility == Visibility.Public
            ? FindAsset(version) is { } asset && asset.ContentType == key.ContentType && asset.Sha256 == key.Sha256
            : FindHidden(version) is { } hidden
                && hidden.Content
                    == Key!.GetContent(version.Sid, key.Path, key.Visibility, key.ContentType, key.Sha256);
}

/// <summary>The entry of an Asset Version in a state file: one of the two.</summary>
internal sealed record AssetRecord(SiteAsset? Public, HiddenAsset? Hidden)
{
    public string? Project => Public is null ? Hidden?.Project : Public.Project;

    public DateTimeOffset? LeftAt => Public is null ? Hidden?.LeftAt : Public.LeftAt;
}
