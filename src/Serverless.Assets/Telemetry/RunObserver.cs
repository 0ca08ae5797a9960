namespace Serverless.Assets.Telemetry;

/// <summary>Receives what a run does while it goes on, such as a report with a timeline. Thread-safe.</summary>
internal interface IRunObserver
{
    /// <summary>Time since the observer started. All times that it receives are measured with it.</summary>
    TimeSpan Elapsed { get; }

    void OnAttempt(RequestAttempt attempt);

    void OnPhase(RunPhase phase);
}

/// <summary>An operation of a run, such as <c>upload</c>. Times are relative to the start of the observer.</summary>
internal readonly record struct RunPhase(string Operation, TimeSpan Started, TimeSpan Ended);

/// <summary>How an attempt to send a request ended.</summary>
internal enum AttemptOutcome
{
    Answered,

    /// <summary>Status 429: the service limits concurrency, and the request was sent again.</summary>
    Throttled,

    /// <summary>The service refused the request, or the connection failed. Some requests are then sent again.</summary>
    Failed,
}

/// <summary>One attempt to send a request. Times are relative to the start of the observer.</summary>
/// <param name="Operation">Such as <c>AssetVersion.Create</c>.</param>
/// <param name="Subject">What the request is about: <c>Asset Version /css/site.css</c>.</param>
/// <param name="Path">URL path of the asset that it is about; null: none.</param>
/// <param name="Queued">When it began to wait for a slot.</param>
/// <param name="Started">When it got a slot.</param>
/// <param name="Ended">When it released the slot.</param>
/// <param name="Status">HTTP status; null: there was no response.</param>
/// <param name="Error">Null: it succeeded; otherwise the status, or the kind of failure: <c>timeout</c>.</param>
/// <param name="Resends">How many attempts came before this one.</param>
/// <param name="InFlight">Requests in flight when it started, including itself.</param>
/// <param name="Limit">The limit on requests in flight when it started.</param>
/// <param name="LimitAfter">The limit when it ended.</param>
/// <param name="Bytes">Size of the request body.</param>
internal readonly record struct RequestAttempt(
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
            null => AttemptOutcome.Answered,
            "429" => AttemptOutcome.Throttled,
            // A request for something that may not exist: 404 is an answer.
            "404" when Operation.EndsWith(".Fetch", StringComparison.Ordinal) => AttemptOutcome.Answered,
            _ => AttemptOutcome.Failed,
        };
}
