using Serverless.Assets.Client;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Output;

/// <summary>One asset of <see cref="UploadOutput"/>.</summary>
internal sealed record UploadOutputItem(
    string Path,
    string Visibility,
    string Status,
    string AssetVersionSid,
    string AssetSid,
    long Size,
    string Sha256
)
{
    public static UploadOutputItem Of(UploadedAsset asset) =>
        new(
            asset.Asset.Path,
            asset.Asset.Visibility.ToWireValue(),
            asset.Status == AssetStatus.Uploaded ? "uploaded" : "unchanged",
            asset.AssetVersionSid,
            asset.AssetSid,
            asset.Size,
            asset.Sha256
        );
}
