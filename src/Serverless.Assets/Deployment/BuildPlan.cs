using Serverless.Assets.Client;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>What a new Build is made of, and how it differs from the one that is live.</summary>
/// <param name="LiveBuildSid">The Build that it was composed over; null when nothing was live.</param>
/// <param name="New">Assets whose path is not live.</param>
/// <param name="Changed">Assets whose path is live with another version.</param>
/// <param name="Unchanged">Assets whose version is live.</param>
/// <param name="Kept">Live assets that the manifest does not name and that stay.</param>
/// <param name="Removed">Live assets that the manifest does not name and that go.</param>
/// <param name="FunctionPaths">Paths of the live Functions, which are carried over.</param>
internal sealed record BuildPlan(
    BuildContents Contents,
    string? LiveBuildSid,
    IReadOnlyList<ManifestAsset> New,
    IReadOnlyList<ManifestAsset> Changed,
    IReadOnlyList<ManifestAsset> Unchanged,
    IReadOnlyList<AssetVersionResource> Kept,
    IReadOnlyList<AssetVersionResource> Removed,
    IReadOnlyList<string> FunctionPaths
)
{
    /// <summary>Sorted by path, ordinal.</summary>
    public IReadOnlyList<ComparedAsset> ComparedAssets =>
        ComparedAsset.Sort(
            New.Select(asset => FromManifest(asset, AssetChange.New)),
            Changed.Select(asset => FromManifest(asset, AssetChange.Changed)),
            Unchanged.Select(asset => FromManifest(asset, AssetChange.Unchanged)),
            Kept.Select(version => FromLive(version, AssetChange.Kept)),
            Removed.Select(version => FromLive(version, AssetChange.Removed))
        );

    private static ComparedAsset FromManifest(ManifestAsset asset, AssetChange change) =>
        new(asset.Path, asset.Visibility, change, asset.Size, asset.File, asset.AssetVersionSid);

    private static ComparedAsset FromLive(AssetVersionResource version, AssetChange change) =>
        ComparedAsset.FromLive(version.Path, version.Visibility, change, version.Sid);
}
