using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Upload;

namespace Serverless.Assets;

/// <summary>A complete run as one line or as a small table, for logs.</summary>
public static class UploadSummary
{
    /// <summary><c>Serverless assets of ZS…: 2 uploaded (1.5 KB), 9 unchanged, in 1.3 s</c>.</summary>
    public static string FormatLine(UploadResult result)
    {
        var uploaded = result.Assets.Where(asset => asset.Status == AssetStatus.Uploaded).ToList();
        var size = uploaded.Count == 0 ? "" : $" ({ByteSize.Format(uploaded.Sum(asset => asset.Size))})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Serverless assets of {result.ServiceSid}: {uploaded.Count} uploaded{size}, {result.Assets.Count - uploaded.Count} unchanged, in {result.Duration.TotalSeconds:0.0} s"
        );
    }

    /// <summary>Several lines, without a line end after the last.</summary>
    public static string Format(UploadResult result)
    {
        var lines = new StringBuilder();
        lines.AppendLine(CultureInfo.InvariantCulture, $"Serverless assets of {result.ServiceSid}:");
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {"visibility", -10} {"files", 6} {"size", 10} {"uploaded", 9} {"unchanged", 10}"
        );
        foreach (var visibility in Enum.GetValues<Visibility>())
        {
            var assets = result.Assets.Where(asset => asset.Asset.Visibility == visibility).ToList();
            if (assets.Count > 0)
            {
                AppendRow(lines, visibility.ToWireValue(), assets);
            }
        }

        AppendRow(lines, "total", result.Assets);
        lines.Append(
            CultureInfo.InvariantCulture,
            $"  in {result.Duration.TotalSeconds:0.0} s, manifest {(result.IsManifestWritten ? "written" : "unchanged")}: {Diagnostics.LogSanitizer.Escape(result.ManifestPath)}"
        );
        return lines.ToString();
    }

    private static void AppendRow(StringBuilder lines, string name, IReadOnlyCollection<UploadedAsset> assets)
    {
        var uploaded = assets.Count(asset => asset.Status == AssetStatus.Uploaded);
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"  {name, -10} {assets.Count, 6} {ByteSize.Format(assets.Sum(asset => asset.Size)), 10} {uploaded, 9} {assets.Count - uploaded, 10}"
        );
    }
}
