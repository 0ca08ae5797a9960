using System.Globalization;

namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// Common parts of the timeline drawings. A drawing fills the width of the page: shapes are stretched, and text is
/// positioned by percentage.
/// </summary>
internal static class TimelineDrawing
{
    /// <summary>Draws the operations of the run, if there are several.</summary>
    public static Markup Phases(IReadOnlyList<TimelinePhase> phases, TimeScale scale) =>
        phases.Count < 2 ? Markup.None : Line("phases", phases.Select(phase => Phase(phase, scale)));

    public static Markup Axis(TimeScale scale) => Line("axis", scale.Ticks().Select(tick => Tick(tick.Text, tick.X)));

    /// <summary>A drawing of fixed height that is stretched to the width of the page.</summary>
    public static Markup Stretched(string name, int height, string label, Markup content) =>
        $"""<svg class="{name}" viewBox="0 0 {TimeScale.Width} {height}" preserveAspectRatio="none" """
        + $"""width="100%" height="{height}" role="img" aria-label="{label}">{content}</svg>""";

    private static Markup Line(string name, IEnumerable<Markup> content) =>
        $"""<svg class="{name}" width="100%" height="20" aria-hidden="true">{Markup.Join(content)}</svg>""";

    private static Markup Phase(TimelinePhase phase, TimeScale scale)
    {
        var x = Percent(scale.At(phase.Started));
        return $"""<line x1="{x}" x2="{x}" y2="20"/><text x="{x}" dx="4" y="13">{phase.Operation}</text>""";
    }

    private static Markup Tick(string text, double position)
    {
        var x = Percent(position);
        var anchor = position switch
        {
            < 20 => "start",
            > 960 => "end",
            _ => "",
        };
        return $"""<line x1="{x}" x2="{x}" y2="5"/><text x="{x}" y="16" class="{anchor}">{text}</text>""";
    }

    private static string Percent(double x) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(x / TimeScale.Width * 100, 0, 100):0.##}%");
}

/// <summary>
/// Draws a bar for each attempt. The attempts of a row do not overlap, so there are as many rows as the maximum number
/// of requests in flight.
/// </summary>
internal sealed class TimelineBars
{
    /// <summary>The minimum visible width, in units of <see cref="TimeScale.Width"/>.</summary>
    private const double MinWidth = 1.5;

    private readonly IReadOnlyList<TimelineAttempt> _attempts;

    /// <param name="attempts">Sorted by start.</param>
    public TimelineBars(IReadOnlyList<TimelineAttempt> attempts)
    {
        _attempts = attempts;
        Rows = AssignRows(attempts);
        RowCount = Rows.Max() + 1;
    }

    /// <summary>The row of each attempt, starting at 0.</summary>
    public IReadOnlyList<int> Rows { get; }

    public int RowCount { get; }

    public Markup Render(TimeScale scale)
    {
        var height = RowCount switch
        {
            <= 12 => 16,
            <= 30 => 10,
            <= 60 => 6,
            _ => 4,
        };
        var label = $"Timeline of {Format.Count(_attempts.Count, "request")}";
        var bars = _attempts.Select(
            (attempt, i) => Bar(attempt, Rows[i] * height, height - (height > 6 ? 2 : 1), scale)
        );
        return TimelineDrawing.Stretched("bars", RowCount * height, label, Markup.Join(bars));
    }

    private static Markup Bar(TimelineAttempt attempt, int y, int height, TimeScale scale)
    {
        var x = scale.At(attempt.Started);
        var width = Math.Max(MinWidth, scale.At(attempt.Ended) - x);
        return $"""<rect data-attempt="" class="{TimelineSection.Class(attempt.Outcome)}" x="{x:0.##}" y="{y}" """
            + $"""width="{width:0.##}" height="{height}"><title>{Title(attempt)}</title></rect>""";
    }

    private static string Title(TimelineAttempt attempt)
    {
        var waited = attempt.Started - attempt.Queued is { TotalMilliseconds: >= 1 } wait
            ? $", after {Format.Time(wait)} of waiting for a place"
            : "";
        var number = attempt.Resends > 0 ? $", attempt {attempt.Resends + 1}" : "";
        var size = attempt.Bytes > 0 ? $", {Format.Size(attempt.Bytes)}" : "";
        return $"{attempt.Operation} of {attempt.Subject}: {attempt.Error ?? $"{attempt.Status}"}, "
            + $"{Format.Time(attempt.Duration)} from {Format.Time(attempt.Started)}{waited}{number}{size}, "
            + $"{attempt.InFlight} of {attempt.Limit} in flight";
    }

    /// <summary>Assigns each attempt the lowest row that is free when it starts.</summary>
    private static int[] AssignRows(IReadOnlyList<TimelineAttempt> attempts)
    {
        var free = new PriorityQueue<int, int>();
        var busy = new PriorityQueue<int, TimeSpan>();
        var rows = new int[attempts.Count];
        var count = 0;
        for (var i = 0; i < attempts.Count; i++)
        {
            while (busy.TryPeek(out var row, out var ended) && ended <= attempts[i].Started)
            {
                busy.Dequeue();
                free.Enqueue(row, row);
            }

            rows[i] = free.TryDequeue(out var lowest, out _) ? lowest : count++;
            busy.Enqueue(rows[i], attempts[i].Ended);
        }

        return rows;
    }
}

/// <summary>Draws the requests in flight as an area, and their limit as a line.</summary>
internal static class ConcurrencyDrawing
{
    private const int Height = 110;

    /// <summary>
    /// In units of <see cref="TimeScale.Width"/>. If steps are closer together, only the highest one is drawn.
    /// </summary>
    private const double Resolution = 0.5;

    public static Markup Render(IReadOnlyList<TimelineAttempt> attempts, TimeScale scale)
    {
        var inFlight = Thin(InFlight(attempts), scale);
        var limit = Thin(Limit(attempts), scale);
        var mostInFlight = inFlight.Max(step => step.Value);
        var top = Math.Max(mostInFlight, limit.Max(step => step.Value));
        Markup curves =
            $"""<path class="inflight" d="M0 {Height}{Steps(inFlight, top)}V{Height}Z"/>"""
            + $"""<path class="limit" d="M{limit[0].X:0.##} {Y(limit[0].Value, top):0.##}{Steps(limit, top)}"""
            + $"""H{TimeScale.Width}"/>""";
        var label = $"Requests in flight, at most {mostInFlight}, and their limit";
        return $"""
            <div class="concurrency">
            {TimelineDrawing.Stretched("curves", Height, label, curves)}
            <span class="most" aria-hidden="true">{Format.Count(
                top
            )}</span><span class="least" aria-hidden="true">0</span>
            </div>
            """;
    }

    /// <summary>
    /// Adds one at each start and subtracts one at each end. At the same time, ends come before starts.
    /// </summary>
    private static IEnumerable<(TimeSpan At, int Value)> InFlight(IReadOnlyList<TimelineAttempt> attempts)
    {
        var value = 0;
        var changes = attempts
            .Select(attempt => (attempt.Started, Change: 1))
            .Concat(attempts.Select(attempt => (attempt.Ended, Change: -1)));
        foreach (var (at, change) in changes.Order())
        {
            value += change;
            yield return (at, value);
        }
    }

    private static IEnumerable<(TimeSpan At, int Value)> Limit(IReadOnlyList<TimelineAttempt> attempts) =>
        attempts
            .Select(attempt => (At: attempt.Started, Value: attempt.Limit))
            .Concat(attempts.Select(attempt => (At: attempt.Ended, Value: attempt.LimitAfter)))
            .OrderBy(step => step.At);

    private static List<(double X, int Value)> Thin(IEnumerable<(TimeSpan At, int Value)> steps, TimeScale scale) =>
        [
            .. steps
                .GroupBy(step => Math.Round(scale.At(step.At) / Resolution))
                .Select(group => (group.Key * Resolution, group.Max(step => step.Value))),
        ];

    private static Markup Steps(IEnumerable<(double X, int Value)> steps, int top) =>
        Markup.Join(steps.Select(step => (Markup)$"H{step.X:0.##}V{Y(step.Value, top):0.##}"));

    private static double Y(int value, int top) => Height - ((Height - 2) * (double)value / top);
}
