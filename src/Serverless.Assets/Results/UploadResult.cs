using Serverless.Assets.Upload;

namespace Serverless.Assets.Results;

/// <summary>A complete upload.</summary>
/// <param name="Assets">Sorted by path, ordinal.</param>
/// <param name="ManifestPath">Full path.</param>
/// <param name="IsManifestWritten">False: the manifest existed with the same content.</param>
/// <param name="Duration">Of the whole run.</param>
public sealed record UploadResult(
    string ServiceSid,
    string AccountSid,
    IReadOnlyList<UploadedAsset> Assets,
    string ManifestPath,
    bool IsManifestWritten,
    TimeSpan Duration
) : OperationResult
{
    /// <summary>How many Asset Versions this run created.</summary>
    internal int UploadedCount => Assets.Count(asset => asset.Status == AssetStatus.Uploaded);

    /// <summary>How many Asset Versions an earlier run created.</summary>
    internal int UnchangedCount => Assets.Count - UploadedCount;

    /// <summary>Bytes that this run sent.</summary>
    internal long UploadedSize => Assets.Where(asset => asset.Status == AssetStatus.Uploaded).Sum(asset => asset.Size);

    internal override string Service => ServiceSid;

    internal override IReadOnlyList<ComparedAsset> ComparedAssets =>
        [
            .. Assets.Select(uploaded => new ComparedAsset(
                uploaded.Asset.Path,
                uploaded.Asset.Visibility,
                uploaded.Status == AssetStatus.Unchanged ? AssetChange.Unchanged
                    : uploaded.IsNew ? AssetChange.New
                    : AssetChange.Changed,
                uploaded.Size,
                uploaded.Asset.DisplayPath,
                uploaded.AssetVersionSid
            )),
        ];
}
