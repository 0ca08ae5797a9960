using Serverless.Assets.Client;

namespace Serverless.Assets.Manifest;

/// <summary>One asset of the manifest.</summary>
/// <param name="File">Relative to the project, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal, lower case.</param>
/// <param name="Integrity">As an HTML <c>integrity</c> attribute takes it: <c>sha384-</c> and Base64.</param>
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
