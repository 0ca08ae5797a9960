using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>An asset whose content the service has.</summary>
/// <param name="AssetVersionSid"><c>ZN…</c>: what a Build lists.</param>
/// <param name="AssetSid"><c>ZH…</c></param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal, of the bytes that were sent.</param>
/// <param name="Sha384">Base64, of the same bytes.</param>
/// <param name="IsNew">This run created its Asset as well: the path had none.</param>
public sealed record UploadedAsset(
    LocalAsset Asset,
    string AssetVersionSid,
    string AssetSid,
    long Size,
    string Sha256,
    string Sha384,
    AssetStatus Status,
    bool IsNew = false
)
{
    /// <summary>An asset that an earlier run uploaded.</summary>
    internal static UploadedAsset FromUnchanged(HashedAsset hashed, RememberedUpload remembered) =>
        new(
            hashed.Asset,
            remembered.AssetVersionSid,
            remembered.AssetSid,
            hashed.Hash.Length,
            hashed.Hash.Sha256,
            hashed.Hash.Sha384,
            AssetStatus.Unchanged
        );
}

/// <summary>Where the Asset Version of an asset comes from.</summary>
public enum AssetStatus
{
    /// <summary>This run created it.</summary>
    Uploaded,

    /// <summary>An earlier run created it, and it is used again.</summary>
    Unchanged,
}
