namespace Serverless.Assets.Client;

/// <summary>A reduction of the limit because of 429s.</summary>
/// <param name="cause">What was going on.</param>
/// <param name="limit">The limit before.</param>
/// <param name="raiseEnd">The number of the first request that was not sent because the limit had been raised.</param>
/// <param name="nextNumber">The number of the first request after the reduction.</param>
/// <param name="inFlight">The number of requests in flight that were sent before the reduction.</param>
/// <param name="strikes">How many reductions in a row were rejected too, including this one.</param>
/// <param name="deadline">When responses are no longer waited for.</param>
internal sealed class Setback(
    SetbackCause cause,
    int limit,
    long raiseEnd,
    long nextNumber,
    int inFlight,
    int strikes,
    TimeSpan deadline
)
{
    private readonly int _sent = Math.Min(limit, inFlight + 1);
    private int _unanswered = inFlight;
    private bool _isSettled;

    public SetbackCause Cause => cause;

    public int Limit => limit;

    public int Strikes { get; private set; } = strikes;

    /// <summary>The number of 429s for requests that were sent before the reduction.</summary>
    public int Rejected { get; private set; } = 1;

    /// <summary>Those of them whose requests were sent because the limit had been raised.</summary>
    public int RejectedOfRaise { get; private set; } = 1;

    /// <summary>The number of requests in flight that were not rejected, when the responses have arrived.</summary>
    public int Accepted => _sent - RejectedOfRaise;

    /// <summary>
    /// Whether responses to requests of a failed raise are missing, so that it is not known which limit would have held.
    /// </summary>
    public bool IsOpen => cause is SetbackCause.Startup or SetbackCause.Experiment && !_isSettled;

    /// <summary>Whether the responses have arrived, or are late, and <see cref="Settle"/> is to be called.</summary>
    public bool CanSettle(TimeSpan now) => IsOpen && (_unanswered == 0 || now >= deadline);

    /// <summary>Whether a request was sent before the reduction.</summary>
    public bool IsBefore(SentRequest request) => request.Number < nextNumber;

    /// <summary>Call for each request that is answered or lost.</summary>
    public void OnAnswered(SentRequest request) => _unanswered -= IsBefore(request) ? 1 : 0;

    /// <summary>Call when a request from before the reduction is rejected.</summary>
    public void OnRejected(SentRequest request)
    {
        Rejected++;
        RejectedOfRaise += request.Number < raiseEnd ? 1 : 0;
    }

    /// <summary>Call when a request that was sent after the reduction is processed.</summary>
    public void OnRecovered() => Strikes = 0;

    public void Settle() => _isSettled = true;
}

/// <summary>What was going on when the limit was exceeded.</summary>
internal enum SetbackCause
{
    /// <summary>The limit was raised to find out how high it can be.</summary>
    Startup,

    /// <summary>A higher limit was tried.</summary>
    Experiment,

    /// <summary>The limit had held before.</summary>
    Change,

    /// <summary>The limit had just been lowered.</summary>
    Repetition,
}
