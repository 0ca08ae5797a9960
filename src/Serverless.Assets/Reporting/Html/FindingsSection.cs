using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Errors and warnings, each with a link to its explanation.</summary>
internal static class FindingsSection
{
    /// <summary>More would only make the page slow: the log has them all.</summary>
    private const int Most = 500;

    public static Markup Render(RunReport report) =>
        $"{List("Errors", "error", report.Errors)}{List("Warnings", "warning", report.Warnings)}";

    private static Markup List(string title, string kind, IReadOnlyList<Diagnostic> findings) =>
        findings.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>{title} <span class="count">{Show.Count(findings.Count)}</span></h2>
                    <ul class="findings {kind}">{Markup.Join(findings.Take(Most).Select(Item))}</ul>
                    {More(findings.Count)}
                    </section>
                    """;

    private static Markup Item(Diagnostic finding) =>
        $"""<li data-code="{finding.Code}"><a href="{finding.HelpLink}" rel="noreferrer">{finding.Code}</a> <span>{Markup.OfMessage(finding.Message)}</span></li>""";

    private static Markup More(int count) =>
        count > Most
            ? $"""<p class="muted">and {Show.Count(count - Most)} more, which are in the log</p>"""
            : Markup.None;
}
