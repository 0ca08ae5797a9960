using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Html;

/// <summary>When each request was sent and how it ended, and the requests in flight with their limit.</summary>
internal static class TimelineSection
{
    /// <summary>
    /// With more attempts, bars would be too thin to see and slow the page down, so columns replace them.
    /// </summary>
    private const int MaxBars = 2_000;

    /// <summary>Columns also replace bars if there are more rows.</summary>
    private const int MaxRows = 100;

    private static readonly (AttemptOutcome Outcome, string Title)[] Outcomes =
    [
        (AttemptOutcome.Succeeded, "succeeded"),
        (AttemptOutcome.Throttled, "429, sent again"),
        (AttemptOutcome.Failed, "failed"),
    ];

    public static Markup Render(RequestTimeline requests)
    {
        var attempts = requests.Attempts;
        if (attempts.Count == 0)
        {
            return Markup.None;
        }

        var bars = new TimelineBars(attempts);
        var scale = new TimeScale(
            requests.Phases.Select(phase => phase.Started).Append(attempts[0].Started).Min(),
            attempts.Max(attempt => attempt.Ended)
        );
        var drawing =
            attempts.Count <= MaxBars && bars.RowCount <= MaxRows
                ? bars.Render(scale)
                : new TimelineColumns(attempts, scale).Render();
        var (lowest, highest) = (
            attempts.Min(attempt => Math.Min(attempt.Limit, attempt.LimitAfter)),
            attempts.Max(attempt => Math.Max(attempt.Limit, attempt.LimitAfter))
        );
        Markup summary =
            $"{Format.Count(requests.Total, "request")}, at most {Format.Count(bars.RowCount)} in flight, "
            + $"limit from {Format.Count(lowest)} to {Format.Count(highest)}. {NotKept(requests)}";
        return $"""
            <section>
            <h2>Requests</h2>
            <p>{summary}</p>
            <figure data-detail="Point to a request, or tap it, to see what it was.">
            {TimelineDrawing.Phases(requests.Phases, scale)}
            {drawing}
            {ConcurrencyDrawing.Render(attempts, scale)}
            {TimelineDrawing.Axis(scale)}
            <figcaption><ul class="legend">{Legend(attempts)}</ul><output></output></figcaption>
            </figure>
            {Table(attempts)}
            </section>
            """;
    }

    /// <summary>The CSS class.</summary>
    public static string Class(AttemptOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static Markup NotKept(RequestTimeline requests) =>
        requests.Total > requests.Attempts.Count
            ? $"Only the first {Format.Count(requests.Attempts.Count)} were kept, and are shown here."
            : Markup.None;

    private static Markup Legend(IReadOnlyList<TimelineAttempt> attempts)
    {
        var outcomes = Outcomes.Select(outcome => Key(outcome.Outcome, outcome.Title, attempts));
        return $"""{Markup.Join(outcomes)}<li><svg class="key" width="16" height="12" aria-hidden="true">"""
            + $"""<rect class="inflight" y="2" width="16" height="10"/></svg>in flight</li>"""
            + $"""<li><svg class="key" width="16" height="12" aria-hidden="true">"""
            + $"""<path class="limit" d="M0 6H16"/></svg>limit</li>""";
    }

    private static Markup Key(AttemptOutcome outcome, string title, IEnumerable<TimelineAttempt> attempts) =>
        $"""<li><svg class="key" width="12" height="12" aria-hidden="true">"""
        + $"""<rect class="{Class(outcome)}" width="12" height="12" rx="2"/></svg>"""
        + $"""{title} <strong data-outcome="{Class(outcome)}">{Count(attempts, outcome)}</strong></li>""";

    private static Markup Table(IEnumerable<TimelineAttempt> attempts)
    {
        var kinds = attempts
            .GroupBy(attempt => attempt.Operation, StringComparer.Ordinal)
            .OrderByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key, StringComparer.Ordinal);
        Markup head =
            $"""<tr><th>Request</th><th class="number">Sent</th><th class="number">429</th>"""
            + $"""<th class="number">Failed</th><th class="number wide">Median</th>"""
            + $"""<th class="number">Longest</th></tr>""";
        return $"""
            <details>
            <summary>By kind</summary>
            <table>
            <thead>{head}</thead>
            <tbody>{Markup.Join(kinds.Select(Row))}</tbody>
            </table>
            </details>
            """;
    }

    private static Markup Row(IGrouping<string, TimelineAttempt> kind)
    {
        var durations = kind.Select(attempt => attempt.Duration).Order().ToList();
        return $"""<tr data-kind="{kind.Key}"><td><span class="path">{kind.Key}</span></td>"""
            + $"""<td class="number">{Format.Count(durations.Count)}</td>"""
            + $"""<td class="number">{Count(kind, AttemptOutcome.Throttled)}</td>"""
            + $"""<td class="number">{Count(kind, AttemptOutcome.Failed)}</td>"""
            + $"""<td class="number wide">{Format.Time(durations[durations.Count / 2])}</td>"""
            + $"""<td class="number">{Format.Time(durations[^1])}</td></tr>""";
    }

    private static string Count(IEnumerable<TimelineAttempt> attempts, AttemptOutcome outcome) =>
        Format.Count(attempts.Count(attempt => attempt.Outcome == outcome));
}
