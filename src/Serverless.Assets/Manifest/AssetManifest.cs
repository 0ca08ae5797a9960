using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Manifest;

/// <summary>
/// The manifest, version 1, as docs/manifest.schema.json describes it. An instance is always valid: a malformed SID,
/// path or size is a <see cref="FormatException"/>.
/// </summary>
internal sealed record AssetManifest
{
    public const int CurrentVersion = 1;

    private const string ProjectLabel = "; project=";

    public required int Version
    {
        get;
        init => field = FormatVersion.Require(value, CurrentVersion);
    }

    /// <summary>The product, its version, and <see cref="Project"/>.</summary>
    public required string Generator { get; init; }

    /// <summary>The file name of the project that MSBuild built; null: another program collected the assets.</summary>
    [JsonIgnore]
    public string? Project =>
        Generator.IndexOf(ProjectLabel, StringComparison.Ordinal) is >= 0 and var start
            ? Generator[(start + ProjectLabel.Length)..]
            : null;

    /// <summary><c>ZS…</c></summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public required Sid ServiceSid { get; init; }

    /// <summary><c>AC…</c></summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public required Sid AccountSid { get; init; }

    /// <summary>Where the assets came from in the run that last changed one of them.</summary>
    public required ManifestSource Source { get; init; }

    /// <summary>Sorted by path, ordinal.</summary>
    public required IReadOnlyList<ManifestAsset> Assets
    {
        get;
        init => field = value.All(asset => asset is not null) ? value : throw new FormatException("an asset is null");
    }

    /// <summary>The <c>AssetVersions</c> of a Build, in the order of <see cref="Assets"/>.</summary>
    public IReadOnlyList<Sid> AssetVersions => [.. Assets.Select(asset => asset.AssetVersionSid)];

    /// <param name="project">See <see cref="Project"/>.</param>
    /// <returns>Such as <c>Serverless.Assets.Build/1.2.3; project=Site.csproj</c>.</returns>
    public static string GetGenerator(string? project) =>
        $"{ProductVersion.Name}/{ProductVersion.Number}{(project is null ? "" : ProjectLabel + project)}";

    /// <summary>Whether both describe the same assets, regardless of generator and source.</summary>
    public bool HasSameAssets(AssetManifest other) =>
        ServiceSid == other.ServiceSid && AccountSid == other.AccountSid && Assets.SequenceEqual(other.Assets);
}

/// <summary>An asset of the manifest.</summary>
internal sealed record ManifestAsset
{
    public const string IntegrityPrefix = "sha384-";

    public required AssetPath Path { get; init; }

    public required Visibility Visibility { get; init; }

    /// <summary><c>ZN…</c></summary>
    [JsonConverter(typeof(VersionSidConverter))]
    public required Sid AssetVersionSid { get; init; }

    /// <summary><c>ZH…</c></summary>
    [JsonConverter(typeof(AssetSidConverter))]
    public required Sid AssetSid { get; init; }

    /// <summary>Path relative to the project, with <c>/</c>.</summary>
    public required string File
    {
        get;
        init =>
            field =
                value.Length > 0 && !value.Contains('\0')
                    ? value
                    : throw new FormatException($"'{value}' is not the path of a file");
    }

    public required string ContentType
    {
        get;
        init =>
            field = ContentTypes.IsValid(value) ? value : throw new FormatException($"'{value}' is not a content type");
    }

    /// <summary>Bytes.</summary>
    public required long Size
    {
        get;
        init =>
            field =
                value >= 0
                    ? value
                    : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{value} is not a size"));
    }

    /// <summary>Hexadecimal, lower case.</summary>
    public required string Sha256
    {
        get;
        init =>
            field =
                value.Length == 2 * SHA256.HashSizeInBytes && value.All(char.IsAsciiHexDigitLower)
                    ? value
                    : throw new FormatException($"'{value}' is not a SHA-256 hash in lower case");
    }

    /// <summary>Value of an HTML <c>integrity</c> attribute: <c>sha384-</c> and Base64.</summary>
    public required string Integrity
    {
        get;
        init =>
            field =
                value.StartsWith(IntegrityPrefix, StringComparison.Ordinal)
                && Base64.IsValid(value.AsSpan(IntegrityPrefix.Length), out var bytes)
                && bytes == SHA384.HashSizeInBytes
                    ? value
                    : throw new FormatException($"'{value}' is not an integrity value");
    }
}

/// <summary>Where the assets come from, as far as git and the CI system provide it.</summary>
/// <param name="Run">URL of the CI run.</param>
internal sealed record ManifestSource(string? Commit, string? Branch, string? Run);

[JsonSerializable(typeof(AssetManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>
    /// The JSON of the manifest, for reading and writing: the same bytes on every system, names in any script unescaped.
    /// </summary>
    public static ManifestJson Format { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Converters =
                {
                    new JsonStringEnumConverter<Visibility>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
                },
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
            }
        );
}
