namespace Serverless.Assets.Deployment;

/// <summary>What happens to live assets that the manifest does not name.</summary>
internal enum UnlistedAssetPolicy
{
    /// <summary>They stay live.</summary>
    Keep,

    /// <summary>They are not in the new Build.</summary>
    Remove,
}
