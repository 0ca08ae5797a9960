using Serverless.Assets.Mapping;

namespace Serverless.Assets.Upload;

/// <summary>An asset that the service has.</summary>
/// <param name="AssetVersionSid"><c>ZN…</c>: what a Build takes.</param>
/// <param name="AssetSid"><c>ZH…</c></param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal, of the bytes that were sent.</param>
/// <param name="Sha384">Base64, of the same.</param>
/// <param name="IsNew">This run made its Asset too: the path had none.</param>
public sealed record UploadedAsset(
    LocalAsset Asset,
    string AssetVersionSid,
    string AssetSid,
    long Size,
    string Sha256,
    string Sha384,
    AssetStatus Status,
    bool IsNew = false
);
