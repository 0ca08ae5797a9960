using System.Globalization;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting;

/// <summary>
/// What later steps of a CI job want to know, a line <c>name=value</c> each: the form of GitHub's output file, and of
/// files of environment variables. What is not known has no line.
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

    /// <summary>Escaped, as a line break in a value would make a line of its own.</summary>
    private static void Append(StringBuilder lines, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            lines.Append(name).Append('=').Append(LogSanitizer.EscapeWhole(value)).Append('\n');
        }
    }
}
