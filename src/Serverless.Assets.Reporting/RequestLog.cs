using Serverless.Assets.Client;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Reporting;

/// <summary>Keeps the requests of a run for its timeline, up to <see cref="Capacity"/>. Thread-safe.</summary>
/// <param name="clock">
/// Provides timestamps that can be compared with those of the engine. Both are the system's, except in tests.
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

/// <summary>The requests of a run. All times are relative to its start.</summary>
/// <param name="Attempts">Sorted by start; at most <see cref="RequestLog.Capacity"/>.</param>
/// <param name="Total">The number of attempts, including those that were not kept.</param>
internal sealed record RequestTimeline(
    IReadOnlyList<TimelineAttempt> Attempts,
    IReadOnlyList<TimelinePhase> Phases,
    int Total
)
{
    public static RequestTimeline Empty { get; } = new([], [], 0);
}

/// <summary>An operation of a run, such as <c>upload</c>.</summary>
internal readonly record struct TimelinePhase(string Operation, TimeSpan Started, TimeSpan Ended);

/// <summary>How an attempt to send a request ended.</summary>
internal enum AttemptOutcome
{
    Succeeded,

    /// <summary>Status 429: the concurrency limit was exceeded, and the request was sent again.</summary>
    Throttled,

    /// <summary>
    /// The service refused the request, or the connection failed. Some of these requests are sent again.
    /// </summary>
    Failed,
}

/// <summary>One attempt to send a request.</summary>
/// <param name="Operation">Such as <c>AssetVersion.Create</c>.</param>
/// <param name="Subject">The resource, such as <c>Asset Version /css/site.css</c>.</param>
/// <param name="Path">The URL path of the asset, if the request is about one.</param>
/// <param name="Queued">When it began to wait for the limit on requests in flight.</param>
/// <param name="Started">When it was allowed to start.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="Error">The status, or the kind of failure, such as <c>timeout</c>; null if it succeeded.</param>
/// <param name="Resends">The number of earlier attempts.</param>
/// <param name="InFlight">Requests in flight when it started, including itself.</param>
/// <param name="Limit">The limit on requests in flight when it started.</param>
/// <param name="LimitAfter">The limit when it ended.</param>
/// <param name="Bytes">Size of the request body.</param>
internal readonly record struct TimelineAttempt(
    string Operation,
    string Subject,
    string? Path,
    TimeSpan Queued,
    TimeSpan Started,
    TimeSpan Ended,
    int? Status,
    string? Error,
    int Resends,
    int InFlight,
    int Limit,
    int LimitAfter,
    long Bytes
)
{
    public TimeSpan Duration => Ended - Started;

    public AttemptOutcome Outcome =>
        Error switch
        {
            null => AttemptOutcome.Succeeded,
            "429" => AttemptOutcome.Throttled,
            // The resource may not exist or no longer exist, so 404 is not a failure.
            "404" when Operation.EndsWith(".Fetch", StringComparison.Ordinal) => AttemptOutcome.Succeeded,
            "404" when Operation.EndsWith(".Delete", StringComparison.Ordinal) => AttemptOutcome.Succeeded,
            _ => AttemptOutcome.Failed,
        };
}
