using Serverless.Assets.Mapping;

namespace Serverless.Assets.Deployment;

/// <summary>An Asset Version that is live.</summary>
public sealed record LiveAsset(string Path, AssetVisibility Visibility, string AssetVersionSid, string? AssetSid);
