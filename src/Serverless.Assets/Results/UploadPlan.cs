using Serverless.Assets.Deployment;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Results;

/// <summary>What an upload and a deployment would change.</summary>
/// <param name="ServiceSid">Null: the Service does not exist yet and would be created.</param>
/// <param name="Environment">Name of the Environment that is compared with.</param>
/// <param name="LiveBuildSid">Null: nothing is live in the Environment.</param>
/// <param name="Assets">Sorted by path, ordinal.</param>
/// <param name="Kept">Live assets that are not among them and would stay, sorted by path.</param>
/// <param name="Removed">Live assets that are not among them and would be removed, sorted by path.</param>
public sealed record UploadPlan(
    string? ServiceSid,
    string Environment,
    string? LiveBuildSid,
    IReadOnlyList<PlannedUpload> Assets,
    IReadOnlyList<LiveAsset> Kept,
    IReadOnlyList<LiveAsset> Removed
) : OperationResult
{
    /// <summary>How many files would be sent.</summary>
    internal int UploadCount => Assets.Count(asset => asset.Action == PlannedAction.Upload);

    /// <summary>Bytes of the files that would be sent.</summary>
    internal long UploadSize => Assets.Where(asset => asset.Action == PlannedAction.Upload).Sum(asset => asset.Size);

    internal override string? Service => ServiceSid;

    internal override IReadOnlyList<ComparedAsset> ComparedAssets =>
        ComparedAsset.Sort(
            Assets.Select(planned => new ComparedAsset(
                planned.Asset.Path,
                planned.Asset.Visibility,
                planned.Change,
                planned.Size,
                planned.Asset.DisplayPath,
                AssetVersionSid: ""
            )),
            Kept.Select(asset => FromLive(asset, AssetChange.Kept)),
            Removed.Select(asset => FromLive(asset, AssetChange.Removed))
        );

    private static ComparedAsset FromLive(LiveAsset asset, AssetChange change) =>
        ComparedAsset.FromLive(asset.Path, asset.Visibility, change, asset.AssetVersionSid);
}

/// <summary>What an upload would do with one asset.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal.</param>
/// <param name="Change">Compared with what is live: new, changed or unchanged.</param>
public sealed record PlannedUpload(
    LocalAsset Asset,
    long Size,
    string Sha256,
    PlannedAction Action,
    AssetChange Change
);
