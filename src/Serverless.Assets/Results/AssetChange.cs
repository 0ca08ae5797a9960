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
