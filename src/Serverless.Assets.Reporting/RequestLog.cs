using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Reporting;

/// <summary>Keeps the requests of a run for its timeline, up to <see cref="Capacity"/>. Thread-safe.</summary>
internal sealed class RequestLog(TimeProvider clock) : IRunObserver
{
    /// <summary>About 3 MB; enough for 10,000 files of which each request is sent twice.</summary>
    public const int Capacity = 20_000;

    private readonly Lock _lock = new();
    private readonly long _started = clock.GetTimestamp();
    private readonly List<RequestAttempt> _attempts = [];
    private readonly List<RunPhase> _phases = [];
    private int _total;

    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    public void OnAttempt(RequestAttempt attempt)
    {
        lock (_lock)
        {
            _total++;
            if (_attempts.Count < Capacity)
            {
                _attempts.Add(attempt);
            }
        }
    }

    public void OnPhase(RunPhase phase)
    {
        lock (_lock)
        {
            _phases.Add(phase);
        }
    }

    public RequestTimeline ToTimeline()
    {
        lock (_lock)
        {
            return new RequestTimeline([.. _attempts.OrderBy(attempt => attempt.Started)], [.. _phases], _total);
        }
    }
}

/// <summary>The requests of a run.</summary>
/// <param name="Attempts">Sorted by start; at most <see cref="RequestLog.Capacity"/>.</param>
/// <param name="Total">How many attempts there were, including those that were not kept.</param>
internal sealed record RequestTimeline(
    IReadOnlyList<RequestAttempt> Attempts,
    IReadOnlyList<RunPhase> Phases,
    int Total
)
{
    public static RequestTimeline Empty { get; } = new([], [], 0);
}
