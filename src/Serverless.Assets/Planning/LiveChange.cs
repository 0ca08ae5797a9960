namespace Serverless.Assets.Planning;

/// <summary>How an asset differs from what is live.</summary>
public enum LiveChange
{
    /// <summary>Its path is not live.</summary>
    New,

    /// <summary>Its path is live with another content, visibility or content type.</summary>
    Changed,

    /// <summary>It is live as it is.</summary>
    Unchanged,
}
