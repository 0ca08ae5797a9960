using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Results;

/// <summary>Formats an upload as a table of the visibilities.</summary>
internal static class UploadSummary
{
    /// <returns>Indented lines to show below the outcome, without a trailing line break.</returns>
    public static string Format(UploadResult result)
    {
        var lines = new StringBuilder();
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {"visibility", -10} {"files", 6} {"size", 10} {"uploaded", 9} {"unchanged", 10}"
        );
        foreach (var visibility in Enum.GetValues<Visibility>())
        {
            var assets = result.Assets.Where(asset => asset.Local.Visibility == visibility).ToList();
            if (assets.Count > 0)
            {
                AppendRow(lines, visibility.ToWireValue(), assets);
            }
        }

        AppendRow(lines, "total", result.Assets);
        lines.Append(
            CultureInfo.InvariantCulture,
            $"  manifest {(result.IsManifestWritten ? "written" : "unchanged")}: "
                + $"{LogSanitizer.EscapeWhole(result.ManifestPath)}"
        );
        return lines.ToString();
    }

    private static void AppendRow(StringBuilder lines, string name, IReadOnlyCollection<UploadedAsset> assets)
    {
        var uploaded = assets.Count(asset => asset.Status == AssetStatus.Uploaded);
        var size = ByteSize.Format(assets.Sum(asset => asset.Size));
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {name, -10} {assets.Count, 6} {size, 10} {uploaded, 9} {assets.Count - uploaded, 10}"
        );
    }
}
