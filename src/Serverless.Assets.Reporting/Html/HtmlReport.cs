using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// Renders a run as a self-contained HTML file. The page loads nothing, its content security policy allows only its own
/// script, and it is complete without the script.
/// </summary>
internal static class HtmlReport
{
    public static string Render(RunReport report) => Page(report).ToString();

    private static Markup Page(RunReport report) =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Markup.FromResource(ReportResources.Policy)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="{ProductVersion.Name} {ProductVersion.Number}">
            <title>{report.Name}: {report.Outcome.Title}</title>
            <style>{Markup.FromResource(ReportResources.Style)}</style>
            </head>
            <body>
            <main>
            {OutcomeSection.Render(report)}
            {DiagnosticsSection.Render(report)}
            {ServicesSection.Render(report.Result)}
            {ChangesSection.Render(report)}
            {SizesSection.Render(report)}
            {TimelineSection.Render(report.Requests)}
            {RankingSection.Render(report)}
            {Footer(report)}
            </main>
            <script>{Markup.FromResource(ReportResources.Script)}</script>
            </body>
            </html>

            """;

    private static Markup Footer(RunReport report)
    {
        var runs = report.Result.Services is { Count: > 0 } services
            ? services.Select(service => service.Run)
            : [report.Result];
        return $"""
            <footer>
            {Markup.Join(runs.Select(Identifiers))}
            <p class="muted">{ProductVersion.Name} {ProductVersion.Number}</p>
            </footer>
            """;
    }

    private static Markup Identifiers(RunResult result) =>
        $"""
            <dl>
            {Entry("Service", result.ServiceSid)}
            {Entry("Build", result.BuildSid)}
            {Entry("Deployment", result.Deployment?.DeploymentSid)}
            {Entry("Domain", result.Deployment?.Domain)}
            {Entry("Manifest", result.ManifestPath)}
            </dl>
            """;

    private static Markup Entry(string name, string? value) =>
        string.IsNullOrEmpty(value)
            ? Markup.None
            : $"""<div><dt>{name}</dt><dd><bdi class="path">{value}</bdi></dd></div>""";
}

/// <summary>The style sheet and the script of the page, and the policy that allows only these two.</summary>
internal static class ReportResources
{
    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("report.js");

    public static string Policy { get; } =
        $"default-src 'none'; style-src '{GetHash(Style)}'; script-src '{GetHash(Script)}'; "
        + "base-uri 'none'; form-action 'none'";

    /// <summary>Reads a resource with the line breaks that browsers use to compute the hash.</summary>
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReportResources).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string GetHash(string text) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
