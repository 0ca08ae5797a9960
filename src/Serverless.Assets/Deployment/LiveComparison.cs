using Serverless.Assets.Client;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>Compares assets with those of the live Build.</summary>
internal sealed class LiveComparison(IReadOnlyList<AssetVersionResource> live)
{
    private readonly HashSet<Sid> _versions = live.Select(version => version.Sid).ToHashSet();

    private readonly HashSet<string> _paths = live.Select(version => version.Path).ToHashSet(StringComparer.Ordinal);

    /// <param name="versionSid">The version with the content of the file; null: it is not uploaded yet.</param>
    public AssetChange GetChange(string path, Sid? versionSid) =>
        versionSid is { } sid && _versions.Contains(sid) ? AssetChange.Unchanged
        : _paths.Contains(path) ? AssetChange.Changed
        : AssetChange.New;

    /// <summary>
    /// Finds the live assets that are not among the given ones. A Build cannot have two versions of one Asset or path,
    /// so a live version with either is replaced.
    /// </summary>
    /// <param name="assetSids">The SIDs of their Assets, as far as they are known.</param>
    /// <returns>Sorted by path.</returns>
    public IReadOnlyList<AssetVersionResource> FindUnlisted(IEnumerable<string> paths, IEnumerable<Sid> assetSids)
    {
        var listedPaths = paths.ToHashSet(StringComparer.Ordinal);
        var listedAssets = assetSids.ToHashSet();
        return
        [
            .. live.Where(version =>
                    !listedPaths.Contains(version.Path)
                    && !(version.AssetSid is { } asset && listedAssets.Contains(asset))
                )
                .OrderBy(version => version.Path, StringComparer.Ordinal),
        ];
    }
}
