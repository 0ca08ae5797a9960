namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// A run as one HTML file that needs nothing else: no request leaves it, and its policy lets nothing run but its own
/// script, without which all that counts is there too.
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
            <meta http-equiv="Content-Security-Policy" content="{Markup.OfResource(ReportResources.Policy)}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="{ProductVersion.Name} {ProductVersion.Number}">
            <title>{report.Name}: {HeadSection.Outcome(report)}</title>
            <style>{Markup.OfResource(ReportResources.Style)}</style>
            </head>
            <body>
            <main>
            {HeadSection.Render(report)}
            {FindingsSection.Render(report)}
            {ChangesSection.Render(report)}
            {SizesSection.Render(report)}
            {TimelineSection.Render(report.Requests)}
            {RankingSection.Render(report)}
            {FootSection.Render(report)}
            </main>
            <script>{Markup.OfResource(ReportResources.Script)}</script>
            </body>
            </html>

            """;
}
