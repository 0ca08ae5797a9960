namespace Serverless.Assets.Reporting.Html;

/// <summary>How many requests were in flight, as an area, and how many there might be, as a line.</summary>
internal static class ConcurrencyDrawing
{
    private const int Height = 110;

    /// <summary>Steps that are nearer to each other, in units of <see cref="TimeScale.Width"/>, are one: the highest.</summary>
    private const double Finest = 0.5;

    public static Markup Render(IReadOnlyList<RequestAttempt> attempts, TimeScale scale)
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
            <span class="most" aria-hidden="true">{Show.Count(
                most
            )}</span><span class="least" aria-hidden="true">0</span>
            </div>
            """;
    }

    /// <summary>At each start one more, at each end one fewer; what ends at the time of a start ends before it.</summary>
    private static IEnumerable<(TimeSpan At, int Value)> InFlight(IReadOnlyList<RequestAttempt> attempts)
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

    private static IEnumerable<(TimeSpan At, int Value)> Limit(IReadOnlyList<RequestAttempt> attempts) =>
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
