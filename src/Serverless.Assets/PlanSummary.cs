using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Planning;

namespace Serverless.Assets;

/// <summary>A plan for people: what is not as it is live by its path, then the totals.</summary>
public static class PlanSummary
{
    /// <summary>Several lines, without a line end after the last.</summary>
    public static string Format(UploadPlan plan)
    {
        var lines = new StringBuilder();
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"Serverless assets of {plan.ServiceSid ?? "a Service that does not exist yet"}, compared with {LogSanitizer.Escape(plan.Environment)} ({plan.LiveBuildSid ?? "nothing is live"}):"
        );
        AppendAssets(lines, plan, LiveChange.New, "new");
        AppendAssets(lines, plan, LiveChange.Changed, "changed");
        AppendOthers(lines, plan.Kept, "kept");
        AppendOthers(lines, plan.Removed, "removed");

        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"total", -10} {"files", 6} {"size", 10}");
        AppendTotal(lines, "new", Of(plan, LiveChange.New));
        AppendTotal(lines, "changed", Of(plan, LiveChange.Changed));
        AppendTotal(lines, "unchanged", Of(plan, LiveChange.Unchanged));

        // The service tells no sizes of what is live.
        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"kept", -10} {plan.Kept.Count, 6}");
        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"removed", -10} {plan.Removed.Count, 6}");
        var toUpload = plan.Assets.Where(asset => asset.Action == PlannedAction.Upload).ToList();
        lines.Append(
            CultureInfo.InvariantCulture,
            $"  to upload: {toUpload.Count} ({ByteSize.Format(toUpload.Sum(asset => asset.Size))})"
        );
        return lines.ToString();
    }

    private static List<PlannedUpload> Of(UploadPlan plan, LiveChange change) =>
        plan.Assets.Where(asset => asset.Change == change).ToList();

    private static void AppendAssets(StringBuilder lines, UploadPlan plan, LiveChange change, string name)
    {
        foreach (var planned in Of(plan, change))
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {name, -10} {planned.Asset.Visibility.ToWireValue(), -9} {ByteSize.Format(planned.Size), 10}  {planned.Asset.Path}  ({LogSanitizer.Escape(planned.Asset.DisplayPath)})"
            );
        }
    }

    private static void AppendOthers(StringBuilder lines, IReadOnlyList<LiveAsset> assets, string name)
    {
        foreach (var asset in assets)
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {name, -10} {asset.Visibility.ToWireValue(), -9} {"", 10}  {LogSanitizer.Escape(asset.Path)}  ({LogSanitizer.Escape(asset.AssetVersionSid)})"
            );
        }
    }

    private static void AppendTotal(StringBuilder lines, string name, List<PlannedUpload> assets) =>
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {name, -10} {assets.Count, 6} {ByteSize.Format(assets.Sum(asset => asset.Size)), 10}"
        );
}
