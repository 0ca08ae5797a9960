namespace Serverless.Assets.Deployment;

/// <summary>What a Build does with deployed assets that the manifest does not list.</summary>
internal enum UnlistedAssetPolicy
{
    /// <summary>They stay deployed.</summary>
    Keep,

    /// <summary>They are not in the new Build.</summary>
    Remove,
}
