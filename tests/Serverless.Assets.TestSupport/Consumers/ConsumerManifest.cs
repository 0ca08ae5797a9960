using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>A manifest as a later step reads it. Unknown and missing fields are errors.</summary>
internal sealed record ConsumerManifest(
    int Version,
    string Generator,
    string ServiceSid,
    string AccountSid,
    ConsumerManifestSource Source,
    IReadOnlyList<ConsumerManifestAsset> Assets,
    IReadOnlyList<string> AssetVersions
)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public IEnumerable<string> Paths => Assets.Select(asset => asset.Path);

    public static ConsumerManifest Read(string path) =>
        JsonSerializer.Deserialize<ConsumerManifest>(File.ReadAllBytes(path), Strict)!;
}

internal sealed record ConsumerManifestSource(string? Commit, string? Branch, string? Run);

internal sealed record ConsumerManifestAsset(
    string Path,
    string Visibility,
    string AssetVersionSid,
    string AssetSid,
    string File,
    string ContentType,
    long Size,
    string Sha256,
    string Integrity
);
