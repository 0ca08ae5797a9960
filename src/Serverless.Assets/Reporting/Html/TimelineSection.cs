namespace Serverless.Assets.Reporting.Html;

/// <summary>When which request was sent, how it ended, and how many were in flight and allowed.</summary>
internal static class TimelineSection
{
    /// <summary>Of more attempts the bars would be too thin to see, and the page slow: they are drawn as columns.</summary>
    private const int MostBars = 2_000;

    /// <summary>Of more rows too.</summary>
    private const int MostLanes = 100;

    private static readonly (AttemptOutcome Outcome, string Title)[] Outcomes =
    [
        (AttemptOutcome.Answered, "answered"),
        (AttemptOutcome.Throttled, "429, sent again"),
        (AttemptOutcome.Failed, "failed"),
    ];

    public static Markup Render(RequestTimeline requests)
    {
        if (requests.Attempts.Count == 0)
        {
            return Markup.None;
        }

        var lanes = Lanes.Of(requests.Attempts);
        var rows = lanes.Max() + 1;
        var isDrawnAsBars = requests.Attempts.Count <= MostBars && rows <= MostLanes;
        var scale = new TimeScale(
            requests.Phases.Select(phase => phase.Started).Append(requests.Attempts[0].Started).Min(),
            requests.Attempts.Max(attempt => attempt.Ended)
        );
        return $"""
            <section>
            <h2>Requests</h2>
            <p>{Show.Count(requests.Total, "request")}, at most {Show.Count(rows)} at once, limit from {Show.Count(
                requests.Attempts.Min(LowestLimit)
            )} to {Show.Count(requests.Attempts.Max(HighestLimit))}. {Left(requests)}</p>
            <figure data-detail="Point at a request, or tap it, to see what it was.">
            {TimelineDrawing.Phases(requests.Phases, scale)}
            {(
                isDrawnAsBars
                    ? TimelineDrawing.Bars(requests.Attempts, lanes, rows, scale)
                    : TimelineDrawing.Columns(requests.Attempts, scale)
            )}
            {ConcurrencyDrawing.Render(requests.Attempts, scale)}
            {TimelineDrawing.Axis(scale)}
            <figcaption><ul class="legend">{Markup.Join(
                Outcomes.Select(outcome => Key(outcome.Outcome, outcome.Title, requests))
            )}<li><svg class="key" width="16" height="12" aria-hidden="true"><rect class="inflight" y="2" width="16" height="10"/></svg>in flight</li><li><svg class="key" width="16" height="12" aria-hidden="true"><path class="limit" d="M0 6H16"/></svg>limit</li></ul><output></output></figcaption>
            </figure>
            {Kinds(requests)}
            </section>
            """;
    }

    public static string Class(AttemptOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static int LowestLimit(RequestAttempt attempt) => Math.Min(attempt.Limit, attempt.LimitAfter);

    private static int HighestLimit(RequestAttempt attempt) => Math.Max(attempt.Limit, attempt.LimitAfter);

    private static Markup Left(RequestTimeline requests) =>
        requests.Total > requests.Attempts.Count
            ? $"Only the first {Show.Count(requests.Attempts.Count)} were kept, and are shown here."
            : Markup.None;

    private static Markup Key(AttemptOutcome outcome, string title, RequestTimeline requests) =>
        $"""<li><svg class="key" width="12" height="12" aria-hidden="true"><rect class="{Class(outcome)}" width="12" height="12" rx="2"/></svg>{title} <strong data-outcome="{Class(outcome)}">{Show.Count(requests.Attempts.Count(attempt => attempt.Outcome == outcome))}</strong></li>""";

    private static Markup Kinds(RequestTimeline requests)
    {
        var kinds = requests
            .Attempts.GroupBy(attempt => attempt.Operation, StringComparer.Ordinal)
            .OrderByDescending(kind => kind.Count())
            .ThenBy(kind => kind.Key, StringComparer.Ordinal);
        return $"""
            <details>
            <summary>By kind</summary>
            <table>
            <thead><tr><th>Request</th><th class="number">Sent</th><th class="number">429</th><th class="number">Failed</th><th class="number wide">Median</th><th class="number">Longest</th></tr></thead>
            <tbody>{Markup.Join(kinds.Select(Kind))}</tbody>
            </table>
            </details>
            """;
    }

    private static Markup Kind(IGrouping<string, RequestAttempt> kind)
    {
        var durations = kind.Select(attempt => attempt.Duration).Order().ToList();
        return $"""<tr data-kind="{kind.Key}"><td><span class="path">{kind.Key}</span></td><td class="number">{Show.Count(durations.Count)}</td><td class="number">{Count(kind, AttemptOutcome.Throttled)}</td><td class="number">{Count(kind, AttemptOutcome.Failed)}</td><td class="number wide">{Show.Time(durations[durations.Count / 2])}</td><td class="number">{Show.Time(durations[^1])}</td></tr>""";
    }

    private static string Count(IEnumerable<RequestAttempt> attempts, AttemptOutcome outcome) =>
        Show.Count(attempts.Count(attempt => attempt.Outcome == outcome));
}
