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
        Append(lines, "service-sid", report.ServiceSid);
        Append(lines, "manifest", report.ManifestPath);
        Append(lines, "uploaded", report.Uploaded?.ToString(CultureInfo.InvariantCulture));
        Append(lines, "unchanged", report.Unchanged?.ToString(CultureInfo.InvariantCulture));
        Append(lines, "build-sid", report.BuildSid);
        Append(lines, "deployment-sid", report.Live?.DeploymentSid);
        Append(lines, "environment", report.Live?.Environment);
        Append(lines, "domain", report.Live?.Domain);
        Append(lines, "url", report.Live?.Url.AbsoluteUri);
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
