using System.Globalization;
using Serverless.Assets.Reporting.Timeline;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Html;

/// <summary>The name, outcome and key figures of the run.</summary>
internal static class OutcomeSection
{
    public static Markup Render(RunReport report)
    {
        var outcome = report.Outcome;
        var started = report.StartedAt.UtcDateTime.ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);
        var kind = outcome.Kind switch
        {
            RunOutcomeKind.Failed => "failed",
            RunOutcomeKind.Canceled => "canceled",
            _ => "succeeded",
        };
        Markup summary =
            $"<strong><bdi>{Markup.FromMessage(outcome.Summary.ToString())}</bdi></strong>{Link(outcome.Url)}";
        return $"""
            <header>
            <p class="eyebrow">Serverless assets</p>
            <h1><bdi>{report.Name}</bdi></h1>
            <p class="outcome {kind}">{summary}</p>
            <p class="muted">{started} UTC, took {Format.Time(report.Duration)}</p>
            </header>
            <dl class="figures">{Markup.Join(Figures(report))}</dl>
            """;
    }

    public static Markup Link(Uri? url) =>
        url switch
        {
            null => Markup.None,
            // The address comes from the service, so only web addresses become links.
            { Scheme: "https" or "http" } => (Markup)
                $""": <a href="{url.AbsoluteUri}" rel="noreferrer">{url.AbsoluteUri}</a>""",
            _ => $": {url.AbsoluteUri}",
        };

    private static IEnumerable<Markup> Figures(RunReport report)
    {
        var result = report.Result;
        if (result.UploadTotals is var (uploaded, unchanged))
        {
            yield return Figure("Uploaded", Format.Count(uploaded), $"of {Format.Count(uploaded + unchanged, "file")}");
            yield return Figure("Unchanged", Format.Count(unchanged), "not sent again");
        }

        if (result.Assets.Any(asset => asset.Size is not null))
        {
            yield return Figure("Size", Format.Size(result.Assets.Sum(asset => asset.Size ?? 0)), "all files");
        }

        var (attempts, total) = (report.Requests.Attempts, report.Requests.Total);
        if (total > 0)
        {
            var failed = attempts.Count(attempt => attempt.Outcome != AttemptOutcome.Succeeded);
            var throttled = attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Throttled);
            yield return Figure(
                "Requests",
                Format.Count(total),
                $"{Format.Size(attempts.Sum(attempt => attempt.Bytes))} sent"
            );
            yield return Figure("Failed attempts", Format.Count(failed), $"{Format.Count(throttled)} of them 429");
        }

        var (errors, warnings) = (result.Errors.Count, result.Warnings.Count);
        yield return errors > 0
            ? Figure("Errors", Format.Count(errors), Format.Count(warnings, "warning"))
            : Figure("Warnings", Format.Count(warnings), "no errors");
    }

    private static Markup Figure(string name, string value, string note) =>
        $"""<div><dt>{name}</dt><dd data-figure="{name}">{value}</dd><dd class="muted">{note}</dd></div>""";
}
