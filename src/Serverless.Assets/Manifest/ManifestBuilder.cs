using Serverless.Assets.Client;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Manifest;

/// <summary>Creates the manifest of an upload.</summary>
internal static class ManifestBuilder
{
    public static AssetManifest Create(
        ServiceResource service,
        IReadOnlyList<UploadedAsset> assets,
        ManifestSource source
    )
    {
        var sorted = assets.OrderBy(asset => asset.Asset.Path, StringComparer.Ordinal).ToList();
        return new AssetManifest
        {
            Version = AssetManifest.CurrentVersion,
            Generator = $"{ProductVersion.Name}/{ProductVersion.Number}",
            ServiceSid = service.Sid,
            AccountSid = service.AccountSid,
            Source = source,
            Assets = sorted.Select(ToManifest).ToList(),
            AssetVersions = sorted.Select(asset => asset.AssetVersionSid).ToList(),
        };
    }

    private static ManifestAsset ToManifest(UploadedAsset asset) =>
        new(
            asset.Asset.Path,
            asset.Asset.Visibility,
            asset.AssetVersionSid,
            asset.AssetSid,
            asset.Asset.DisplayPath,
            asset.Asset.ContentType,
            asset.Size,
            asset.Sha256,
            $"sha384-{asset.Sha384}"
        );
}
