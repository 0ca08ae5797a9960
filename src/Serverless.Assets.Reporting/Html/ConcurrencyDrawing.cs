using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Html;

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
