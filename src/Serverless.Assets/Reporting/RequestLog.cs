using Serverless.Assets.Client;

namespace Serverless.Assets.Reporting;

/// <summary>Keeps the attempts of a run's requests for its report, up to a number. Thread-safe.</summary>
internal sealed class RequestLog(TimeProvider clock) : IRequestObserver
{
    /// <summary>About 3 MB; a run of 10,000 files with as many retries.</summary>
    public const int Capacity = 20_000;

    private readonly Lock _lock = new();
    private readonly long _started = clock.GetTimestamp();
    private readonly List<RequestAttempt> _attempts = [];
    private readonly List<RunPhase> _phases = [];
    private int _total;

    /// <summary>Time since the start of the run.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_started);

    public void OnAttemptEnded(Client.RequestAttempt attempt) =>
        Add(
            new RequestAttempt(
                attempt.Request.Operation,
                attempt.Request.Subject,
                attempt.Request.AssetPath,
                clock.GetElapsedTime(_started, attempt.Queued),
                clock.GetElapsedTime(_started, attempt.Started),
                clock.GetElapsedTime(_started, attempt.Ended),
                attempt.Status,
                attempt.ErrorType,
                attempt.Resends,
                attempt.InFlight,
                attempt.Limit,
                attempt.LimitAfter,
                attempt.BodySize
            )
        );

    public void Add(RequestAttempt attempt)
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

    public void Add(RunPhase phase)
    {
        lock (_lock)
        {
            _phases.Add(phase);
        }
    }

    /// <summary>What there is by now, in the order of the starts.</summary>
    public RequestTimeline Snapshot()
    {
        lock (_lock)
        {
            return new RequestTimeline([.. _attempts.OrderBy(attempt => attempt.Started)], [.. _phases], _total);
        }
    }
}
