using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.Manifest;

/// <summary>Reads and validates the manifest that a Build is created from.</summary>
internal static class ManifestReader
{
    /// <summary>Reads the manifest, or the previous one, which is the only one while an upload is running.</summary>
    /// <returns>Null if there is neither.</returns>
    /// <exception cref="AssetException">It is not valid.</exception>
    public static AssetManifest? ReadLast(string path, IFileSystem files)
    {
        var last = files.Exists(path) ? path : path + ManifestFile.PreviousSuffix;
        return files.Exists(last) ? Read(last, files) : null;
    }

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
            using var document = ParseJson(stream);
            return ReadVersion(document.RootElement) is > AssetManifest.CurrentVersion and var version
                ? throw new AssetException(StateDiagnostics.ManifestNewer(path, version, AssetManifest.CurrentVersion))
                : RequireReadableNames(Parse(document.RootElement));
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            throw new AssetException(StateDiagnostics.ManifestBroken(path, broken.Message), broken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.ManifestBroken(path, failure.Message), failure);
        }
    }

    /// <summary>Parses JSON in which no key occurs twice: other programs would see the other value.</summary>
    /// <exception cref="JsonException">It is not valid.</exception>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    public static JsonDocument ParseJson(Stream stream) =>
        JsonDocument.Parse(
            RegularFile.Buffer(stream, RegularFile.MaxDocument),
            new JsonDocumentOptions { AllowDuplicateProperties = false }
        );

    /// <exception cref="JsonException">It does not have the form of a manifest of the current version.</exception>
    /// <exception cref="FormatException">It has a value that is not valid.</exception>
    /// <exception cref="InvalidOperationException">It has a string that is not valid Unicode.</exception>
    public static AssetManifest Parse(JsonElement root)
    {
        FormatVersion.Require(ReadVersion(root), AssetManifest.CurrentVersion);
        var manifest = root.Deserialize(ManifestJson.Format.AssetManifest)!;
        var versions = new HashSet<Sid>();
        if (manifest.Assets.FirstOrDefault(asset => !versions.Add(asset.AssetVersionSid)) is { } repeated)
        {
            throw new FormatException(
                $"{repeated.AssetVersionSid} is the version of '{repeated.Path}' and of another asset"
            );
        }

        return ReadAssetVersions(root).SequenceEqual(manifest.AssetVersions.Select(sid => (Sid?)sid))
            ? manifest
            : throw new JsonException("assetVersions does not match assets");
    }

    /// <summary>
    /// Such names would forge lines in what scripts print of a manifest. Files with them can be uploaded, because the
    /// name of a file is not a part of the upload.
    /// </summary>
    /// <exception cref="FormatException">The name of a file contains a control character.</exception>
    private static AssetManifest RequireReadableNames(AssetManifest manifest) =>
        manifest.Assets.FirstOrDefault(asset => LogSanitizer.HasControlCharacter(asset.File)) is { File: var file }
            ? throw new FormatException($"the file name '{file}' contains a control character: rename the file")
            : manifest;

    private static int ReadVersion(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("version", out var number)
        && number.ValueKind == JsonValueKind.Number
        && number.TryGetInt32(out var version)
            ? version
            : 0;

    /// <summary>The list that scripts read. It repeats what the assets say, and may have been edited by hand.</summary>
    private static IEnumerable<Sid?> ReadAssetVersions(JsonElement root) =>
        root.TryGetProperty("assetVersions", out var versions) && versions.ValueKind == JsonValueKind.Array
            ? versions
                .EnumerateArray()
                .Select(version =>
                    version.ValueKind == JsonValueKind.String
                    && Sid.TryParse(version.GetString(), SidKind.Version, out var sid)
                        ? sid
                        : (Sid?)null
                )
            : [null];
}
