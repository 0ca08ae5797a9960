using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>An asset compared with an earlier state.</summary>
/// <param name="Path">The URL path, such as <c>/css/site.css</c>.</param>
/// <param name="Size">In bytes; null for assets that are not among the files of this run.</param>
/// <param name="File">
/// Relative to the project, such as <c>assets/css/site.css</c>; null for assets that are not among the files.
/// </param>
/// <param name="AssetVersionSid"><c>ZN…</c>; null in a plan, which creates none.</param>
internal sealed record ComparedAsset(
    string Path,
    Visibility Visibility,
    AssetChange Change,
    long? Size,
    string? File,
    Sid? AssetVersionSid
)
{
    /// <summary>Creates a live asset that is not among the files of this run.</summary>
    public static ComparedAsset FromLive(string path, Visibility visibility, AssetChange change, Sid assetVersionSid) =>
        new(path, visibility, change, Size: null, File: null, assetVersionSid);

    /// <summary>Sorts assets by path (ordinal).</summary>
    public static IReadOnlyList<ComparedAsset> Sort(params IEnumerable<ComparedAsset>[] assets) =>
        [.. assets.SelectMany(group => group).OrderBy(asset => asset.Path, StringComparer.Ordinal)];
}
