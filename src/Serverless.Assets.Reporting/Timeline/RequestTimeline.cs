namespace Serverless.Assets.Reporting.Timeline;

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
    /// The service rejected the request, or the connection failed. Some of these requests are sent again.
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
