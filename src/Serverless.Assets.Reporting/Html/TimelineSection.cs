using System.Globalization;

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
            <p>{Format.Count(requests.Total, "request")}, at most {Format.Count(rows)} at once, limit from {Format.Count(
                requests.Attempts.Min(LowestLimit)
            )} to {Format.Count(requests.Attempts.Max(HighestLimit))}. {Left(requests)}</p>
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

    private static int LowestLimit(TimelineAttempt attempt) => Math.Min(attempt.Limit, attempt.LimitAfter);

    private static int HighestLimit(TimelineAttempt attempt) => Math.Max(attempt.Limit, attempt.LimitAfter);

    private static Markup Left(RequestTimeline requests) =>
        requests.Total > requests.Attempts.Count
            ? $"Only the first {Format.Count(requests.Attempts.Count)} were kept, and are shown here."
            : Markup.None;

    private static Markup Key(AttemptOutcome outcome, string title, RequestTimeline requests) =>
        $"""<li><svg class="key" width="12" height="12" aria-hidden="true"><rect class="{Class(outcome)}" width="12" height="12" rx="2"/></svg>{title} <strong data-outcome="{Class(outcome)}">{Format.Count(requests.Attempts.Count(attempt => attempt.Outcome == outcome))}</strong></li>""";

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

    private static Markup Kind(IGrouping<string, TimelineAttempt> kind)
    {
        var durations = kind.Select(attempt => attempt.Duration).Order().ToList();
        return $"""<tr data-kind="{kind.Key}"><td><span class="path">{kind.Key}</span></td><td class="number">{Format.Count(durations.Count)}</td><td class="number">{Count(kind, AttemptOutcome.Throttled)}</td><td class="number">{Count(kind, AttemptOutcome.Failed)}</td><td class="number wide">{Format.Time(durations[durations.Count / 2])}</td><td class="number">{Format.Time(durations[^1])}</td></tr>""";
    }

    private static string Count(IEnumerable<TimelineAttempt> attempts, AttemptOutcome outcome) =>
        Format.Count(attempts.Count(attempt => attempt.Outcome == outcome));
}

/// <summary>From the time of a run to the width of a drawing, which is 1,000 units.</summary>
internal sealed class TimeScale
{
    public const double Width = 1000;

    /// <summary>As many fit on a telephone.</summary>
    private const int MostTicks = 5;

    private readonly TimeSpan _from;
    private readonly TimeSpan _length;

    public TimeScale(TimeSpan from, TimeSpan to)
    {
        _from = from;
        _length = to > from ? to - from : TimeSpan.FromMilliseconds(1);
    }

    public TimeSpan Length => _length;

    public double At(TimeSpan time) => (time - _from) / _length * Width;

    public TimeSpan TimeAt(double x) => _from + (_length * (x / Width));

    /// <summary>Round times from the start of the drawing, and where they are.</summary>
    public IEnumerable<(string Text, double X)> Ticks()
    {
        var step = StepOf(_length.TotalSeconds / MostTicks);
        for (var tick = 0; tick * step <= _length.TotalSeconds; tick++)
        {
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"{tick * step:0.###} s"),
                tick * step / _length.TotalSeconds * Width
            );
        }
    }

    /// <summary>The next of 1, 2, 5, 10, 20, 50, …, and so on downwards.</summary>
    private static double StepOf(double seconds)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(seconds)));
        return power
            * (seconds / power) switch
            {
                <= 1 => 1,
                <= 2 => 2,
                <= 5 => 5,
                _ => 10,
            };
    }
}
