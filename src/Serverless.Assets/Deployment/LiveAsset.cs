using Serverless.Assets.Client;

namespace Serverless.Assets.Deployment;

/// <summary>An Asset Version that is live.</summary>
public sealed record LiveAsset(string Path, Visibility Visibility, string AssetVersionSid, string? AssetSid);
