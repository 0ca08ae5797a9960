namespace Serverless.Assets.Reporting;

/// <summary>One attempt of a request, as the timeline shows it. Times are from the start of the run.</summary>
/// <param name="Operation">Such as <c>AssetVersion.Create</c>.</param>
/// <param name="Subject">What it is about: <c>Asset Version /css/site.css</c>.</param>
/// <param name="Path">Of the asset that it is about; null: none.</param>
/// <param name="Queued">When it began to wait for a place.</param>
/// <param name="Started">When it had one.</param>
/// <param name="Ended">When it gave it back.</param>
/// <param name="Status">HTTP status; null: there was no answer.</param>
/// <param name="Error">Null: it succeeded; else the status, or what happened: <c>timeout</c>.</param>
/// <param name="Resends">Attempts before it.</param>
/// <param name="InFlight">Requests in flight when it started, it included.</param>
/// <param name="Limit">How many there might be then.</param>
/// <param name="LimitAfter">How many there might be when it ended.</param>
/// <param name="Bytes">Size of its body.</param>
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
            "404" when Operation.EndsWith(".Fetch", StringComparison.Ordinal) => AttemptOutcome.Answered, // "there is none" is what was asked
            _ => AttemptOutcome.Failed,
        };
}
