using Serverless.Assets.Connection;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Manifest;

/// <summary>Creates the manifest of an upload.</summary>
internal static class ManifestBuilder
{
    /// <param name="project">See <see cref="AssetManifest.Project"/>.</param>
    public static AssetManifest Create(
        ServiceIdentity service,
        IReadOnlyList<UploadedAsset> assets,
        ManifestSource source,
        string? project
    )
    {
        var sorted = assets.OrderBy(asset => asset.Local.Path, StringComparer.Ordinal).ToList();
        return new AssetManifest
        {
            Version = AssetManifest.CurrentVersion,
            Generator = AssetManifest.GetGenerator(project),
            ServiceSid = service.Sid,
            AccountSid = service.AccountSid,
            Source = source,
            Assets = sorted.Select(ToManifest).ToList(),
        };
    }

    private static ManifestAsset ToManifest(UploadedAsset asset) =>
        new()
        {
            Path = asset.Local.Path,
            Visibility = asset.Local.Visibility,
            AssetVersionSid = asset.AssetVersionSid,
            AssetSid = asset.AssetSid,
            File = asset.Local.DisplayPath,
            ContentType = asset.Local.ContentType,
            Size = asset.Size,
            Sha256 = asset.Sha256,
            Integrity = ManifestAsset.IntegrityPrefix + asset.Sha384,
        };
}
