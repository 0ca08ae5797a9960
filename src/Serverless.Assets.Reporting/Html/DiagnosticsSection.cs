using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Html;

/// <summary>Lists errors and warnings, each with a link to its documentation.</summary>
internal static class DiagnosticsSection
{
    /// <summary>More rows would slow the page down. The log lists all of them.</summary>
    private const int MaxRows = 500;

    public static Markup Render(RunReport report) =>
        $"{List("Errors", "error", report.Result.Errors)}{List("Warnings", "warning", report.Result.Warnings)}";

    private static Markup List(string title, string kind, IReadOnlyList<Diagnostic> diagnostics) =>
        diagnostics.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>{title} <span class="count">{Format.Count(diagnostics.Count)}</span></h2>
                    <ul class="findings {kind}">{Markup.Join(diagnostics.Take(MaxRows).Select(Item))}</ul>
                    {Markup.MoreRows(diagnostics.Count - MaxRows, "which are in the log")}
                    </section>
                    """;

    private static Markup Item(Diagnostic diagnostic) =>
        $"""<li data-code="{diagnostic.Code}">"""
        + $"""<a href="{diagnostic.HelpLink}" rel="noreferrer">{diagnostic.Code}</a> """
        + $"""<span>{Markup.FromMessage(diagnostic.Message)}</span></li>""";
}
