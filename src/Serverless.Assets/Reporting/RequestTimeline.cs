namespace Serverless.Assets.Reporting;

/// <summary>The requests of a run so far.</summary>
/// <param name="Attempts">In the order of their starts; at most <see cref="RequestLog.Capacity"/>.</param>
/// <param name="Total">How many there were.</param>
internal sealed record RequestTimeline(
    IReadOnlyList<RequestAttempt> Attempts,
    IReadOnlyList<RunPhase> Phases,
    int Total
)
{
    public static RequestTimeline Empty { get; } = new([], [], 0);
}
