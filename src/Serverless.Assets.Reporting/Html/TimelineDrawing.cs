namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// The parts of the timeline. All are as wide as the page lets them be: what is drawn is stretched, and texts are placed
/// in percent.
/// </summary>
internal static class TimelineDrawing
{
    private const int ColumnCount = 200;
    private const int ColumnsHeight = 240;

    /// <summary>In units of <see cref="TimeScale.Width"/>: what is shorter could not be seen.</summary>
    private const double ShortestBar = 1.5;

    /// <summary>A bar for each attempt, in the row of its place among those in flight.</summary>
    public static Markup Bars(
        IReadOnlyList<TimelineAttempt> attempts,
        IReadOnlyList<int> lanes,
        int rows,
        TimeScale scale
    )
    {
        var row = rows switch
        {
            <= 12 => 16,
            <= 30 => 10,
            <= 60 => 6,
            _ => 4,
        };
        var gap = row > 6 ? 2 : 1;
        return Stretched(
            "bars",
            rows * row,
            $"Timeline of {Format.Count(attempts.Count, "request")}",
            Markup.Join(
                attempts.Select(
                    (attempt, i) =>
                    {
                        var x = scale.At(attempt.Started);
                        var width = Math.Max(ShortestBar, scale.At(attempt.Ended) - x);
                        return (Markup)
                            $"""<rect data-attempt="" class="{TimelineSection.Class(attempt.Outcome)}" x="{x:0.##}" y="{lanes[i] * row}" width="{width:0.##}" height="{row - gap}"><title>{Title(attempt)}</title></rect>""";
                    }
                )
            )
        );
    }

    /// <summary>How many were in flight on the average in each of 200 spans of time, by how they ended.</summary>
    public static Markup Columns(IReadOnlyList<TimelineAttempt> attempts, TimeScale scale)
    {
        var columns = new TimelineColumns(attempts, scale, ColumnCount);
        var unit = ColumnsHeight / Math.Max(1, columns.Highest);
        var width = TimeScale.Width / ColumnCount;
        return Stretched(
            "bars",
            ColumnsHeight,
            $"Timeline of {Format.Count(attempts.Count, "request")}, by how they ended",
            Markup.Join(
                Enumerable
                    .Range(0, ColumnCount)
                    .Select(column =>
                    {
                        var bottom = (double)ColumnsHeight;
                        return (Markup)
                            $"""<g data-column="{columns.EndedIn(column)}"><title>{columns.Title(column)}</title>{Markup.Join(Enum.GetValues<AttemptOutcome>().Select(outcome =>
            {
                var height = columns.InFlight(column, outcome) * unit;
                bottom -= height;
                return height == 0 ? Markup.None : (Markup)$"""<rect class="{TimelineSection.Class(outcome)}" x="{column * width:0.##}" y="{bottom:0.##}" width="{width:0.##}" height="{height:0.##}"/>""";
            }))}</g>""";
                    })
            )
        );
    }

    /// <summary>What the run was at: upload, build, deploy.</summary>
    public static Markup Phases(IReadOnlyList<TimelinePhase> phases, TimeScale scale) =>
        phases.Count < 2
            ? Markup.None
            : (Markup)
                $"""<svg class="phases" width="100%" height="20" aria-hidden="true">{Markup.Join(phases.Select(phase => (Markup)$"""<line x1="{Percent(scale.At(phase.Started))}" x2="{Percent(scale.At(phase.Started))}" y2="20"/><text x="{Percent(scale.At(phase.Started))}" dx="4" y="13">{phase.Operation}</text>"""))}</svg>""";

    public static Markup Axis(TimeScale scale) =>
        $"""<svg class="axis" width="100%" height="20" aria-hidden="true">{Markup.Join(scale.Ticks().Select(tick => (Markup)$"""<line x1="{Percent(tick.X)}" x2="{Percent(tick.X)}" y2="5"/><text x="{Percent(tick.X)}" y="16" class="{(tick.X < 20 ? "start" : tick.X > 960 ? "end" : "")}">{tick.Text}</text>"""))}</svg>""";

    /// <summary>A drawing as high as it is, and as wide as there is room.</summary>
    public static Markup Stretched(string name, int height, string label, Markup content) =>
        $"""<svg class="{name}" viewBox="0 0 {TimeScale.Width} {height}" preserveAspectRatio="none" width="100%" height="{height}" role="img" aria-label="{label}">{content}</svg>""";

    private static string Percent(double x) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Math.Clamp(x / TimeScale.Width * 100, 0, 100):0.##}%"
        );

    private static string Title(TimelineAttempt attempt)
    {
        var times = $"{Format.Time(attempt.Duration)} from {Format.Time(attempt.Started)}";
        var waited = attempt.Started - attempt.Queued is { TotalMilliseconds: >= 1 } wait
            ? $", after {Format.Time(wait)} of waiting for a place"
            : "";
        var attempts = attempt.Resends > 0 ? $", attempt {attempt.Resends + 1}" : "";
        var size = attempt.Bytes > 0 ? $", {Format.Size(attempt.Bytes)}" : "";
        return $"{attempt.Operation} of {attempt.Subject}: {attempt.Error ?? $"{attempt.Status}"}, {times}{waited}{attempts}{size}, {attempt.InFlight} of {attempt.Limit} in flight";
    }
}

/// <summary>How many requests were in flight, as an area, and how many there might be, as a line.</summary>
internal static class ConcurrencyDrawing
{
    private const int Height = 110;

    /// <summary>Steps that are nearer to each other, in units of <see cref="TimeScale.Width"/>, are one: the highest.</summary>
    private const double Finest = 0.5;

    public static Markup Render(IReadOnlyList<TimelineAttempt> attempts, TimeScale scale)
    {
        var inFlight = Thin(InFlight(attempts), scale);
        var limit = Thin(Limit(attempts), scale);
        var most = Math.Max(inFlight.Max(step => step.Value), limit.Max(step => step.Value));
        return $"""
            <div class="concurrency">
            {TimelineDrawing.Stretched(
                "curves",
                Height,
                $"Requests in flight, at most {inFlight.Max(step => step.Value)}, and their limit",
                $"""<path class="inflight" d="M0 {Height}{Steps(inFlight, most)}V{Height}Z"/><path class="limit" d="M{limit[0].X:0.##} {Y(limit[0].Value, most):0.##}{Steps(limit, most)}H{TimeScale.Width}"/>"""
            )}
            <span class="most" aria-hidden="true">{Format.Count(
                most
            )}</span><span class="least" aria-hidden="true">0</span>
            </div>
            """;
    }

    /// <summary>At each start one more, at each end one fewer; what ends at the time of a start ends before it.</summary>
    private static IEnumerable<(TimeSpan At, int Value)> InFlight(IReadOnlyList<TimelineAttempt> attempts)
    {
        var value = 0;
        foreach (
            var (at, change) in attempts
                .Select(attempt => (attempt.Started, 1))
                .Concat(attempts.Select(attempt => (attempt.Ended, -1)))
                .Order()
        )
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
                .GroupBy(step => Math.Round(scale.At(step.At) / Finest))
                .Select(group => (group.Key * Finest, group.Max(step => step.Value))),
        ];

    private static Markup Steps(IEnumerable<(double X, int Value)> steps, int most) =>
        Markup.Join(steps.Select(step => (Markup)$"H{step.X:0.##}V{Y(step.Value, most):0.##}"));

    private static double Y(int value, int most) => Height - ((Height - 2) * (double)value / most);
}

/// <summary>Gives each attempt a row that is free while it lasts: as many rows as there were requests in flight at most.</summary>
internal static class Lanes
{
    /// <param name="attempts">In the order of their starts.</param>
    /// <returns>The row of each, from 0.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<TimelineAttempt> attempts)
    {
        var free = new PriorityQueue<int, int>();
        var busy = new PriorityQueue<int, TimeSpan>();
        var lanes = new int[attempts.Count];
        var count = 0;
        for (var i = 0; i < attempts.Count; i++)
        {
            while (busy.TryPeek(out var done, out var ended) && ended <= attempts[i].Started)
            {
                busy.Dequeue();
                free.Enqueue(done, done);
            }

            var lane = free.TryDequeue(out var lowest, out _) ? lowest : count++;
            lanes[i] = lane;
            busy.Enqueue(lane, attempts[i].Ended);
        }

        return lanes;
    }
}
