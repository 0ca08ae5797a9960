using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Html;

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
            ? $", after waiting {Format.Time(wait)} for the concurrency limit"
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
