using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>Formats a plan as text: each asset that a deployment would change, then the totals.</summary>
internal static class PlanSummary
{
    /// <returns>Indented lines to show below the outcome, without a trailing line break.</returns>
    public static string Format(UploadPlan plan)
    {
        var lines = new StringBuilder();
        AppendAssets(lines, plan, AssetChange.New);
        AppendAssets(lines, plan, AssetChange.Changed);
        AppendOthers(lines, plan.Kept, AssetChange.Kept);
        AppendOthers(lines, plan.Removed, AssetChange.Removed);

        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"total", -10} {"files", 6} {"size", 10}");
        AppendTotal(lines, plan, AssetChange.New);
        AppendTotal(lines, plan, AssetChange.Changed);
        AppendTotal(lines, plan, AssetChange.Unchanged);

        // The service does not report the sizes of live assets.
        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"kept", -10} {plan.Kept.Count, 6}");
        lines.AppendLine(CultureInfo.InvariantCulture, $"  {"removed", -10} {plan.Removed.Count, 6}");
        return lines.ToString().TrimEnd();
    }

    private static List<PlannedAsset> Find(UploadPlan plan, AssetChange change) =>
        plan.Assets.Where(asset => asset.Change == change).ToList();

    private static void AppendAssets(StringBuilder lines, UploadPlan plan, AssetChange change)
    {
        foreach (var planned in Find(plan, change))
        {
            var (asset, size) = (planned.Local, ByteSize.Format(planned.Size));
            AppendRow(lines, change, asset.Visibility, size, asset.Path, asset.DisplayPath);
        }
    }

    private static void AppendOthers(StringBuilder lines, IReadOnlyList<LiveAsset> assets, AssetChange change)
    {
        foreach (var asset in assets)
        {
            AppendRow(lines, change, asset.Visibility, size: "", asset.Path, asset.AssetVersionSid);
        }
    }

    private static void AppendRow(
        StringBuilder lines,
        AssetChange change,
        Visibility visibility,
        string size,
        string path,
        string source
    )
    {
        lines.Append(
            CultureInfo.InvariantCulture,
            $"  {change.ToName(), -10} {visibility.ToWireValue(), -9} {size, 10}"
        );
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {LogSanitizer.EscapeWhole(path)}  ({LogSanitizer.EscapeWhole(source)})"
        );
    }

    private static void AppendTotal(StringBuilder lines, UploadPlan plan, AssetChange change)
    {
        var assets = Find(plan, change);
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {change.ToName(), -10} {assets.Count, 6} {ByteSize.Format(assets.Sum(asset => asset.Size)), 10}"
        );
    }
}
