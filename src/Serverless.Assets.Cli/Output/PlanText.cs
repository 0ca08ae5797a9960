using System.Globalization;
using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Cli.Output;

/// <summary>A plan for people: what would be uploaded or change live, then the totals.</summary>
internal static class PlanText
{
    /// <summary>Several lines, without a line end after the last.</summary>
    public static string Format(UploadPlan plan)
    {
        var text = new StringBuilder();
        if (plan.ServiceSid is null)
        {
            text.AppendLine("The Service does not exist yet and would be created.");
        }

        foreach (var planned in plan.Assets.Where(asset => asset.Action == PlannedAction.Upload || asset.Change != LiveChange.Unchanged))
        {
            var action = planned.Action == PlannedAction.Upload ? "upload" : "";
            AppendLine(text, action, NameOf(planned.Change), planned.Asset.Visibility, ByteSize.Format(planned.Size), $"{planned.Asset.Path}  ({Untrusted.Escape(planned.Asset.DisplayPath)})");
        }

        foreach (var (asset, change) in plan.Kept.Select(asset => (asset, "kept")).Concat(plan.Removed.Select(asset => (asset, "removed"))))
        {
            AppendLine(text, "", change, asset.Visibility, "", Untrusted.Escape(asset.Path));
        }

        var toUpload = plan.Assets.Where(asset => asset.Action == PlannedAction.Upload).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"{toUpload.Count} to upload ({ByteSize.Format(toUpload.Sum(asset => asset.Size))}), {plan.Assets.Count - toUpload.Count} unchanged");
        text.Append(CultureInfo.InvariantCulture, $"In {plan.Environment} (live: {plan.LiveBuildSid ?? "nothing"}): {TotalOf(plan, LiveChange.New)}, {TotalOf(plan, LiveChange.Changed)}, {TotalOf(plan, LiveChange.Unchanged)}, {plan.Kept.Count} kept, {plan.Removed.Count} removed");
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string action, string change, AssetVisibility visibility, string size, string asset) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"  {action,-6}  {change,-9}  {visibility.ToWireValue(),-9} {size,10}  {asset}");

    private static string TotalOf(UploadPlan plan, LiveChange change)
    {
        var assets = plan.Assets.Where(asset => asset.Change == change).ToList();
        return $"{assets.Count} {NameOf(change)} ({ByteSize.Format(assets.Sum(asset => asset.Size))})";
    }

    private static string NameOf(LiveChange change) => change.ToString().ToLowerInvariant();
}
