namespace Serverless.Assets.Deployment;

/// <summary>What a Build does with deployed assets that the manifest does not list.</summary>
internal enum UnlistedAssetPolicy
{
    /// <summary>They stay deployed.</summary>
    Keep,

    /// <summary>They are not in the new Build.</summary>
    Remove,

    /// <summary>Those that the project has deployed stay for a number of days, and others stay.</summary>
    KeepFor,
}
