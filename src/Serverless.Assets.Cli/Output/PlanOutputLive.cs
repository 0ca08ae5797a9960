using Serverless.Assets.Planning;

namespace Serverless.Assets.Cli.Output;

/// <summary>What a deployment would change: part of <see cref="PlanOutput"/>.</summary>
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
    public static PlanOutputLive Of(UploadPlan plan) =>
        new(
            plan.Environment,
            plan.LiveBuildSid,
            PlanOutputTotal.Of(plan, LiveChange.New),
            PlanOutputTotal.Of(plan, LiveChange.Changed),
            PlanOutputTotal.Of(plan, LiveChange.Unchanged),
            plan.Kept.Select(LiveAssetOutput.Of).ToList(),
            plan.Removed.Select(LiveAssetOutput.Of).ToList()
        );
}
