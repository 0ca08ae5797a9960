using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Output;

/// <summary>Formats Asset Versions as text.</summary>
internal static class AssetVersionText
{
    /// <summary>Shown in place of a value that the service omitted.</summary>
    private const string Unknown = "-";

    /// <summary>Formats a line for each version.</summary>
    /// <returns>
    /// Indented lines to show below the outcome, without a trailing line break; empty if there is no version.
    /// </returns>
    public static string FormatTable(IReadOnlyList<AssetVersionResource> versions)
    {
        if (versions is [])
        {
            return "";
        }

        var text = new StringBuilder();
        AppendRow("version", "visibility", "created", "path");
        foreach (var version in versions)
        {
            AppendRow(
                version.Sid,
                version.Visibility.ToWireValue(),
                FormatTime(version.DateCreated) ?? Unknown,
                LogSanitizer.Escape(version.Path)
            );
        }

        return text.ToString().TrimEnd();

        void AppendRow(string sid, string visibility, string created, string path) =>
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {sid, -Sid.Length}  {visibility, -10}  {created, -20}  {path}"
            );
    }

    /// <summary>Formats a block of lines for each version.</summary>
    /// <returns>Text to show below the outcome, without a trailing line break.</returns>
    public static string FormatProperties(IReadOnlyList<AssetVersionResource> versions)
    {
        var text = new StringBuilder();
        foreach (var version in versions)
        {
            text.AppendLine(version.Sid);
            AppendProperty("path", version.Path);
            AppendProperty("visibility", version.Visibility.ToWireValue());
            AppendProperty("created", FormatTime(version.DateCreated));
            AppendProperty("Asset", version.AssetSid?.ToString());
            AppendProperty("Service", version.ServiceSid?.ToString());
            AppendProperty("account", version.AccountSid?.ToString());
            AppendProperty("URL", version.Url?.OriginalString);
        }

        return text.ToString().TrimEnd();

        void AppendProperty(string name, string? value) =>
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name, -10}  {LogSanitizer.Escape(value ?? Unknown)}");
    }

    /// <summary>Formats a time as in JSON: <c>2026-11-02T08:00:00Z</c>.</summary>
    /// <returns>Null if the service omitted it.</returns>
    public static string? FormatTime(DateTimeOffset time) =>
        time == default ? null : time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
