using Serverless.Assets.Client;
using Serverless.Assets.Deployment;

namespace Serverless.Assets.Cli.Output;

/// <summary>An asset that is live, in the <c>--json</c> outputs.</summary>
internal sealed record LiveAssetOutput(string Path, string Visibility, string AssetVersionSid, string? AssetSid)
{
    public static LiveAssetOutput Of(LiveAsset asset) =>
        new(asset.Path, asset.Visibility.ToWireValue(), asset.AssetVersionSid, asset.AssetSid);
}
