using System.Text.Json;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>plan --json</c>.</summary>
internal sealed record PlanOutput
{
    /// <summary>Null when the Service would be created.</summary>
    public required string? ServiceSid { get; init; }

    public required int ToUpload { get; init; }

    public required int Unchanged { get; init; }

    /// <summary>Of the files to upload.</summary>
    public required long Bytes { get; init; }

    public required IReadOnlyList<PlanOutputItem> Assets { get; init; }

    public required PlanOutputLive Live { get; init; }

    public static PlanOutput Of(UploadPlan plan) =>
        new()
        {
            ServiceSid = plan.ServiceSid,
            ToUpload = plan.Assets.Count(asset => asset.Action == PlannedAction.Upload),
            Unchanged = plan.Assets.Count(asset => asset.Action == PlannedAction.Unchanged),
            Bytes = plan.Assets.Where(asset => asset.Action == PlannedAction.Upload).Sum(asset => asset.Size),
            Assets = plan.Assets.Select(PlanOutputItem.Of).ToList(),
            Live = PlanOutputLive.Of(plan),
        };

    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.PlanOutput);
}
