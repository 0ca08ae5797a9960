using System.Text.Json;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>A manifest as a later step would read it: every field is named, none may be missing or more.</summary>
internal sealed record Manifest(
    int Version,
    string Generator,
    string ServiceSid,
    string AccountSid,
    ManifestSource Source,
    IReadOnlyList<ManifestAsset> Assets,
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

    public static Manifest Read(string path) => JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Strict)!;
}

internal sealed record ManifestSource(string? Commit, string? Branch, string? Run);

internal sealed record ManifestAsset(
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
