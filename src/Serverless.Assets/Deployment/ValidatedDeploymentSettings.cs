namespace Serverless.Assets.Deployment;

/// <summary>The settings of a deployment, validated.</summary>
/// <param name="Environment">Unique name of the Environment.</param>
/// <param name="DomainSuffix">For an Environment that is created; empty: none.</param>
/// <param name="Runtime">Null: that of the live Build.</param>
internal sealed record ValidatedDeploymentSettings(
    string Environment,
    string DomainSuffix,
    UnlistedAssetPolicy OtherAssets,
    string? Runtime,
    bool Verify
);
