namespace Serverless.Assets.Reporting;

/// <summary>How an asset differs from what there was: live, when a Build was made, else uploaded.</summary>
public enum AssetChange
{
    /// <summary>Its path was not there.</summary>
    New,

    /// <summary>Its path was there with another content, visibility or content type.</summary>
    Changed,

    /// <summary>It was there as it is.</summary>
    Unchanged,

    /// <summary>It is live, this run does not have it, and it stays.</summary>
    Kept,

    /// <summary>It was live, this run does not have it, and it goes.</summary>
    Removed,
}
