using Serverless.Assets.Client;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>plan --json</c>.</summary>
internal sealed record PlanOutput : JsonOutput
{
    /// <summary>Null if the Service would be created.</summary>
    public required string? ServiceSid { get; init; }

    public required int ToUpload { get; init; }

    public required int Unchanged { get; init; }

    /// <summary>The total size of the files to upload.</summary>
    public required long Bytes { get; init; }

    public required IReadOnlyList<PlanOutputItem> Assets { get; init; }

    public required PlanOutputLive Live { get; init; }

    public static PlanOutput From(UploadPlan plan) =>
        new()
        {
            ServiceSid = plan.ServiceSid,
            ToUpload = plan.UploadCount,
            Unchanged = plan.Assets.Count - plan.UploadCount,
            Bytes = plan.UploadSize,
            Assets = plan.Assets.Select(PlanOutputItem.From).ToList(),
            Live = PlanOutputLive.From(plan),
        };

    public override JsonOutput With(IReadOnlyList<JsonOutput> services)
    {
        var plans = services.OfType<PlanOutput>().ToList();
        return this with
        {
            ToUpload = plans.Sum(plan => plan.ToUpload),
            Unchanged = plans.Sum(plan => plan.Unchanged),
            Bytes = plans.Sum(plan => plan.Bytes),
            Assets = [.. plans.SelectMany(plan => plan.Assets)],
            Services = services,
        };
    }
}

internal sealed record PlanOutputItem(
    string Path,
    string Visibility,
    string Action,
    string Change,
    string File,
    long Size,
    string Sha256
)
{
    public static PlanOutputItem From(PlannedAsset planned) =>
        new(
            planned.Local.Path,
            planned.Local.Visibility.ToWireValue(),
            planned.Action == PlannedAction.Upload ? "upload" : "unchanged",
            planned.Change.ToName(),
            planned.Local.DisplayPath,
            planned.Size,
            planned.Sha256
        );
}

/// <summary>What a deployment would change.</summary>
internal sealed record PlanOutputLive(
    string Environment,
    string? BuildSid,
    PlanOutputTotal New,
    PlanOutputTotal Changed,
    PlanOutputTotal Unchanged,
    IReadOnlyList<LiveAssetOutput> Kept,
    IReadOnlyList<LiveAssetOutput> Removed
)
{
    public static PlanOutputLive From(UploadPlan plan) =>
        new(
            plan.Environment,
            plan.LiveBuildSid,
            PlanOutputTotal.From(plan, AssetChange.New),
            PlanOutputTotal.From(plan, AssetChange.Changed),
            PlanOutputTotal.From(plan, AssetChange.Unchanged),
            plan.Kept.Select(LiveAssetOutput.From).ToList(),
            plan.Removed.Select(LiveAssetOutput.From).ToList()
        );
}

internal sealed record PlanOutputTotal(int Files, long Bytes)
{
    public static PlanOutputTotal From(UploadPlan plan, AssetChange change) =>
        new(
            plan.Assets.Count(asset => asset.Change == change),
            plan.Assets.Where(asset => asset.Change == change).Sum(asset => asset.Size)
        );
}
