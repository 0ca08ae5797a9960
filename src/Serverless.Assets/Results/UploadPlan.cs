using Serverless.Assets.Client;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Results;

/// <summary>What an upload and a deployment would change.</summary>
/// <param name="ServiceSid">Null if the Service would be created.</param>
/// <param name="Environment">The Environment that the assets are compared with.</param>
/// <param name="LiveBuildSid">Null if nothing is live in the Environment.</param>
/// <param name="Assets">The assets, sorted by path (ordinal).</param>
/// <param name="Kept">Live assets that are not among them and would be kept, sorted by path.</param>
/// <param name="Removed">Live assets that are not among them and would be removed, sorted by path.</param>
internal sealed record UploadPlan(
    Sid? ServiceSid,
    string Environment,
    Sid? LiveBuildSid,
    IReadOnlyList<PlannedAsset> Assets,
    IReadOnlyList<LiveAsset> Kept,
    IReadOnlyList<LiveAsset> Removed
) : OperationResult
{
    /// <summary>The number of files to upload.</summary>
    internal int UploadCount => Assets.Count(asset => asset.Action == PlannedAction.Upload);

    /// <summary>The total size of the files to upload, in bytes.</summary>
    internal long UploadSize => Assets.Where(asset => asset.Action == PlannedAction.Upload).Sum(asset => asset.Size);

    internal override Sid? Service => ServiceSid;

    internal override IReadOnlyList<ComparedAsset> ComparedAssets =>
        ComparedAsset.Sort(
            Assets.Select(planned => new ComparedAsset(
                planned.Local.Path,
                planned.Local.Visibility,
                planned.Change,
                planned.Size,
                planned.Local.DisplayPath,
                AssetVersionSid: null
            )),
            Kept.Select(asset => FromLive(asset, AssetChange.Kept)),
            Removed.Select(asset => FromLive(asset, AssetChange.Removed))
        );

    private static ComparedAsset FromLive(LiveAsset asset, AssetChange change) =>
        ComparedAsset.FromLive(asset.Path, asset.Visibility, change, asset.AssetVersionSid);
}

/// <summary>What an upload would do with one asset.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Hexadecimal.</param>
/// <param name="Change">Compared with the live Build: new, changed or unchanged.</param>
internal sealed record PlannedAsset(
    LocalAsset Local,
    long Size,
    string Sha256,
    PlannedAction Action,
    AssetChange Change
);
