using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>How an asset differs from an earlier state: from earlier uploads, or from the live Build.</summary>
internal enum AssetChange
{
    /// <summary>Its path is new.</summary>
    New,

    /// <summary>Its path existed with a different content, visibility or content type.</summary>
    Changed,

    Unchanged,

    /// <summary>It is live, is not among the files of this run, and is kept.</summary>
    Kept,

    /// <summary>It was live, is not among the files of this run, and is removed.</summary>
    Removed,
}

internal static class AssetChanges
{
    /// <summary>The name in texts, in JSON and as a CSS class: <c>new</c>.</summary>
    public static string ToName(this AssetChange change) => change.ToString().ToLowerInvariant();
}

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
