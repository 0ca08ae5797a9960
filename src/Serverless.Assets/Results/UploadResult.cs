using Serverless.Assets.Client;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Results;

/// <summary>A completed upload.</summary>
/// <param name="Assets">The assets, sorted by path (ordinal).</param>
/// <param name="ManifestPath">The full path.</param>
/// <param name="IsManifestWritten">False if the manifest already had the same content.</param>
/// <param name="Duration">The duration of the whole run.</param>
internal sealed record UploadResult(
    Sid ServiceSid,
    Sid AccountSid,
    IReadOnlyList<UploadedAsset> Assets,
    string ManifestPath,
    bool IsManifestWritten,
    TimeSpan Duration
) : OperationResult
{
    /// <summary>The number of Asset Versions that this run created.</summary>
    internal int UploadedCount => Assets.Count(asset => asset.Status == AssetStatus.Uploaded);

    /// <summary>The number of Asset Versions that earlier runs created.</summary>
    internal int UnchangedCount => Assets.Count - UploadedCount;

    /// <summary>The total size of the uploaded files, in bytes.</summary>
    internal long UploadedSize => Assets.Where(asset => asset.Status == AssetStatus.Uploaded).Sum(asset => asset.Size);

    internal override Sid? Service => ServiceSid;

    internal override IReadOnlyList<ComparedAsset> ComparedAssets =>
        [
            .. Assets.Select(uploaded => new ComparedAsset(
                uploaded.Local.Path,
                uploaded.Local.Visibility,
                uploaded.Status == AssetStatus.Unchanged ? AssetChange.Unchanged
                    : uploaded.IsNew ? AssetChange.New
                    : AssetChange.Changed,
                uploaded.Size,
                uploaded.Local.DisplayPath,
                uploaded.AssetVersionSid
            )),
        ];
}

/// <summary>An upload without assets that moved the manifest of an earlier one aside.</summary>
/// <param name="PreviousPath">Where the manifest is now: a full path.</param>
internal sealed record WithdrawnResult(string PreviousPath) : OperationResult
{
    internal override Sid? Service => null;
}
