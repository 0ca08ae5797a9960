using Serverless.Assets.Client;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Reporting.Timeline;

/// <summary>Keeps the requests of a run for its timeline, up to <see cref="Capacity"/>. Thread-safe.</summary>
/// <param name="clock">
/// The clock of the run's <see cref="Settings.EngineContext"/>, which also creates the timestamps of the attempts.
/// </param>
internal sealed class RequestLog(TimeProvider clock) : IOperationObserver
{
    /// <summary>About 3 MB, enough for 10,000 files even if each request is sent twice.</summary>
    public const int Capacity = 20_000;

    private readonly Lock _lock = new();
    private readonly long _started = clock.GetTimestamp();
    private readonly List<TimelineAttempt> _attempts = [];
    private readonly List<TimelinePhase> _phases = [];
    private int _total;

    public void OnAttemptEnded(RequestAttempt attempt) =>
        Add(
            new TimelineAttempt(
                attempt.Request.Operation,
                attempt.Request.Subject,
                attempt.Request.AssetPath,
                Since(attempt.Queued),
                Since(attempt.Started),
                Since(attempt.Ended),
                attempt.Status,
                attempt.ErrorType,
                attempt.Resends,
                attempt.InFlight,
                attempt.Limit,
                attempt.LimitAfter,
                attempt.BodySize
            )
        );

    public void OnOperationEnded(string operation, long started, long ended)
    {
        lock (_lock)
        {
            _phases.Add(new TimelinePhase(operation, Since(started), Since(ended)));
        }
    }

    public void Add(TimelineAttempt attempt)
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

    public RequestTimeline ToTimeline()
    {
        lock (_lock)
        {
            return new RequestTimeline([.. _attempts.OrderBy(attempt => attempt.Started)], [.. _phases], _total);
        }
    }

    private TimeSpan Since(long timestamp) => clock.GetElapsedTime(_started, timestamp);
}
