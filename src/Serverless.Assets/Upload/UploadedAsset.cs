using Serverless.Assets.Client;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>An asset whose content is on the service.</summary>
/// <param name="AssetVersionSid"><c>ZN…</c></param>
/// <param name="AssetSid"><c>ZH…</c></param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Hexadecimal, of the bytes that were sent.</param>
/// <param name="Sha384">Base64, of the same bytes.</param>
/// <param name="IsNew">Whether this run also created its Asset, because the path had none.</param>
internal sealed record UploadedAsset(
    LocalAsset Local,
    Sid AssetVersionSid,
    Sid AssetSid,
    long Size,
    string Sha256,
    string Sha384,
    AssetStatus Status,
    bool IsNew = false
)
{
    /// <summary>Creates an asset that an earlier run uploaded.</summary>
    internal static UploadedAsset FromUnchanged(HashedAsset hashed, RememberedUpload remembered) =>
        new(
            hashed.Local,
            remembered.AssetVersionSid,
            remembered.AssetSid,
            hashed.Hash.Length,
            hashed.Hash.Sha256,
            hashed.Hash.Sha384,
            AssetStatus.Unchanged
        );
}

/// <summary>The origin of an Asset Version.</summary>
internal enum AssetStatus
{
    /// <summary>This run created it.</summary>
    Uploaded,

    /// <summary>An earlier run created it, and it is reused.</summary>
    Unchanged,
}
