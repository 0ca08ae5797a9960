using Serverless.Assets.Client;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>A deployed asset.</summary>
internal sealed record LiveAssetOutput(string Path, string Visibility, string AssetVersionSid, string? AssetSid)
{
    public static LiveAssetOutput From(LiveAsset asset) =>
        new(asset.Path, asset.Visibility.ToWireValue(), asset.AssetVersionSid, asset.AssetSid);
}
