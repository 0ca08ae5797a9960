using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.Manifest;

/// <summary>Reads and validates the manifest that a Build is created from.</summary>
internal static class ManifestReader
{
    /// <exception cref="AssetException">There is no manifest, or it is not valid.</exception>
    public static AssetManifest Read(string path, IFileSystem files)
    {
        if (!files.Exists(path))
        {
            throw new AssetException(StateDiagnostics.ManifestMissing(path));
        }

        try
        {
            using var stream = files.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            var version =
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("version", out var number)
                && number.TryGetInt32(out var value)
                    ? value
                    : 0;
            if (version > AssetManifest.CurrentVersion)
            {
                throw new AssetException(StateDiagnostics.ManifestNewer(path, version, AssetManifest.CurrentVersion));
            }

            var manifest =
                document.Deserialize(ManifestJson.Written.AssetManifest) ?? throw new JsonException("it is JSON null");
            if (
                manifest.Version != AssetManifest.CurrentVersion
                || FirstMalformed(manifest) is { }
                || !manifest.IsConsistent
            )
            {
                throw new JsonException(
                    FirstMalformed(manifest) is { } sid
                        ? $"'{sid}' is not a valid SID"
                        : "assetVersions does not match assets"
                );
            }

            return manifest;
        }
        catch (JsonException broken)
        {
            throw new AssetException(StateDiagnostics.ManifestBroken(path, broken.Message), broken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.ManifestBroken(path, failure.Message), failure);
        }
    }

    private static string? FirstMalformed(AssetManifest manifest) =>
        !Sid.IsValid(manifest.ServiceSid, SidKind.Service) ? manifest.ServiceSid
        : !Sid.IsValid(manifest.AccountSid, SidKind.Account) ? manifest.AccountSid
        : manifest
            .Assets.Where(asset => !Sid.IsValid(asset.AssetVersionSid, SidKind.Version))
            .Select(asset => asset.AssetVersionSid)
            .Concat(
                manifest
                    .Assets.Where(asset => !Sid.IsValid(asset.AssetSid, SidKind.Asset))
                    .Select(asset => asset.AssetSid)
            )
            .FirstOrDefault();
}
