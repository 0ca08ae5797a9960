using Serverless.Assets.Planning;

namespace Serverless.Assets.Cli.Output;

/// <summary>How many files differ from what is live in one way, and their size.</summary>
internal sealed record PlanOutputTotal(int Files, long Bytes)
{
    public static PlanOutputTotal Of(UploadPlan plan, LiveChange change) =>
        new(
            plan.Assets.Count(asset => asset.Change == change),
            plan.Assets.Where(asset => asset.Change == change).Sum(asset => asset.Size)
        );
}
