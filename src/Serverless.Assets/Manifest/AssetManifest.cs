using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Client;

namespace Serverless.Assets.Manifest;

/// <summary>The manifest, version 1, as docs/manifest.schema.json describes it.</summary>
internal sealed record AssetManifest
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The product and its version.</summary>
    public required string Generator { get; init; }

    public required string ServiceSid { get; init; }

    public required string AccountSid { get; init; }

    /// <summary>Where the assets came from in the run that last changed one of them.</summary>
    public required ManifestSource Source { get; init; }

    /// <summary>Sorted by path, ordinal.</summary>
    public required IReadOnlyList<ManifestAsset> Assets { get; init; }

    /// <summary>The <c>AssetVersions</c> of a Build, in the order of <see cref="Assets"/>.</summary>
    public required IReadOnlyList<string> AssetVersions { get; init; }

    /// <summary>Whether <see cref="AssetVersions"/> matches <see cref="Assets"/>.</summary>
    [JsonIgnore]
    public bool IsConsistent => AssetVersions.SequenceEqual(Assets.Select(asset => asset.AssetVersionSid));

    /// <summary>Whether both describe the same assets, regardless of generator and source.</summary>
    public bool HasSameAssets(AssetManifest other) =>
        ServiceSid == other.ServiceSid
        && AccountSid == other.AccountSid
        && Assets.SequenceEqual(other.Assets)
        && AssetVersions.SequenceEqual(other.AssetVersions);
}

/// <summary>An asset of the manifest.</summary>
/// <param name="File">Path relative to the project, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal, lower case.</param>
/// <param name="Integrity">Value of an HTML <c>integrity</c> attribute: <c>sha384-</c> and Base64.</param>
internal sealed record ManifestAsset(
    string Path,
    Visibility Visibility,
    string AssetVersionSid,
    string AssetSid,
    string File,
    string ContentType,
    long Size,
    string Sha256,
    string Integrity
);

/// <summary>Where the assets come from, as far as git and the CI system provide it.</summary>
/// <param name="Run">URL of the CI run.</param>
internal sealed record ManifestSource(string? Commit, string? Branch, string? Run);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AssetManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>Writes the same bytes on every system, and names in any script unescaped.</summary>
    public static ManifestJson Written { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Converters = { new JsonStringEnumConverter<Visibility>(JsonNamingPolicy.CamelCase) },
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
            }
        );
}
