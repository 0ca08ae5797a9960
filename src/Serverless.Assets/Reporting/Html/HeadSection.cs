using System.Globalization;

namespace Serverless.Assets.Reporting.Html;

/// <summary>What ran, how it ended, and the figures that count.</summary>
internal static class HeadSection
{
    public static Markup Render(RunReport report) =>
        $"""
            <header>
            <p class="eyebrow">Serverless assets</p>
            <h1><bdi>{report.Name}</bdi></h1>
            <p class="outcome {Class(report)}">{Sentence(report)}</p>
            <p class="muted">{report.StartedAt.ToUniversalTime().ToString(
                "d MMMM yyyy, HH:mm:ss",
                CultureInfo.InvariantCulture
            )} UTC, took {Show.Time(report.Duration)}</p>
            </header>
            <dl class="figures">{Markup.Join(Figures(report))}</dl>
            """;

    /// <summary><c>done</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public static string Outcome(RunReport report) =>
        report.Errors.Count > 0 ? "failed"
        : report.IsCancelled ? "cancelled"
        : "done";

    private static string Class(RunReport report) => Outcome(report);

    private static Markup Sentence(RunReport report)
    {
        if (report.Errors.Count > 0)
        {
            return $"<strong>Failed</strong> with {Show.Count(report.Errors.Count, "error")}";
        }

        if (report.IsCancelled)
        {
            return report.Live is { IsChanged: true, VerifiedAssets: null } cut
                ? (Markup)
                    $"<strong>Cancelled</strong> after {cut.BuildSid} went live in <bdi>{cut.Environment}</bdi>, and before it was verified: {Link(cut.Url)}"
                : (Markup)$"<strong>Cancelled</strong>";
        }

        return report switch
        {
            { Live: { } live } => (Markup)$"<strong>Live</strong> in <bdi>{live.Environment}</bdi>: {Link(live.Url)}",
            { BuildSid: { } build } => $"<strong>Built</strong> {build}",
            { Uploaded: 0 } => $"<strong>Done</strong>, nothing had changed",
            { Uploaded: { } uploaded } => $"<strong>Done</strong>, {Show.Count(uploaded, "file")} uploaded",
            _ => $"<strong>Done</strong>",
        };
    }

    private static IEnumerable<Markup> Figures(RunReport report)
    {
        if (report.Uploaded is { } uploaded && report.Unchanged is { } unchanged)
        {
            yield return Figure("Uploaded", Show.Count(uploaded), $"of {Show.Count(uploaded + unchanged, "file")}");
            yield return Figure("Unchanged", Show.Count(unchanged), "not sent again");
        }

        if (report.Assets.Any(asset => asset.Size is not null))
        {
            yield return Figure("Size", Show.Size(report.Assets.Sum(asset => asset.Size ?? 0)), "all files");
        }

        if (report.Requests.Total > 0)
        {
            yield return Figure(
                "Requests",
                Show.Count(report.Requests.Total),
                $"{Show.Size(report.Requests.Attempts.Sum(attempt => attempt.Bytes))} sent"
            );
            var inVain = report.Requests.Attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Answered).ToList();
            yield return Figure(
                "In vain",
                Show.Count(inVain.Count),
                $"{Show.Count(inVain.Count(attempt => attempt.Outcome == AttemptOutcome.Throttled))} of them 429"
            );
        }

        yield return report.Errors.Count > 0
            ? Figure("Errors", Show.Count(report.Errors.Count), Show.Count(report.Warnings.Count, "warning"))
            : Figure("Warnings", Show.Count(report.Warnings.Count), "no errors");
    }

    private static Markup Figure(string name, string value, string note) =>
        $"""<div><dt>{name}</dt><dd data-figure="{name}">{value}</dd><dd class="muted">{note}</dd></div>""";

    /// <summary>The address comes from the service: only what a browser opens as a page becomes a link.</summary>
    private static Markup Link(Uri address) =>
        address.Scheme is "https" or "http"
            ? (Markup)$"""<a href="{address.AbsoluteUri}" rel="noreferrer">{address.AbsoluteUri}</a>"""
            : $"{address.AbsoluteUri}";
}
