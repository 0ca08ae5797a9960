using System.Globalization;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting;

/// <summary>
/// Formats results for later steps of a CI job as <c>name=value</c> lines: the format of GitHub's output file and of
/// files with environment variables. Unknown values are omitted.
/// </summary>
internal static class RunOutputs
{
    /// <returns>Each line ends with a line feed.</returns>
    public static string Format(RunReport report)
    {
        var lines = new StringBuilder();
        var (result, deployment) = (report.Result, report.Result.Deployment);
        Append(lines, "service-sid", result.ServiceSid);
        Append(lines, "manifest", result.ManifestPath);
        Append(lines, "uploaded", result.Upload?.UploadedCount.ToString(CultureInfo.InvariantCulture));
        Append(lines, "unchanged", result.Upload?.UnchangedCount.ToString(CultureInfo.InvariantCulture));
        Append(lines, "build-sid", result.BuildSid);
        Append(lines, "deployment-sid", deployment?.DeploymentSid);
        Append(lines, "environment", deployment?.Environment);
        Append(lines, "domain", deployment?.Domain);
        Append(lines, "url", deployment?.Url.AbsoluteUri);
        return lines.ToString();
    }

    /// <summary>Escapes the value, because a line break in it would start another line.</summary>
    private static void Append(StringBuilder lines, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            lines.Append(name).Append('=').Append(LogSanitizer.EscapeWhole(value)).Append('\n');
        }
    }
}
