using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>A plan for people: each asset that a deployment would change, then the totals.</summary>
internal static class PlanSummary
{
    /// <returns>Indented lines to show below the outcome, without a line break after the last.</returns>
    public static string Format(UploadPlan plan)
    {
        var lines = new StringBuilder();
        AppendAssets(lines, plan, AssetChange.New, "new");
        AppendAssets(lines, plan, AssetChange.Changed, "changed");
        AppendOthers(lines, plan.Kept, "kept");
        AppendOthers(lines, plan.Removed, "removed");

        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"total", -10} {"files", 6} {"size", 10}");
        AppendTotal(lines, "new", Find(plan, AssetChange.New));
        AppendTotal(lines, "changed", Find(plan, AssetChange.Changed));
        AppendTotal(lines, "unchanged", Find(plan, AssetChange.Unchanged));

        // The service does not report the sizes of live assets.
        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"kept", -10} {plan.Kept.Count, 6}");
        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"removed", -10} {plan.Removed.Count, 6}");
        return lines.ToString().TrimEnd();
    }

    private static List<PlannedUpload> Find(UploadPlan plan, AssetChange change) =>
        plan.Assets.Where(asset => asset.Change == change).ToList();

    private static void AppendAssets(StringBuilder lines, UploadPlan plan, AssetChange change, string name)
    {
        foreach (var planned in Find(plan, change))
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
