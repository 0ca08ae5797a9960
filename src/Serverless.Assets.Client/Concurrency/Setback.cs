namespace Serverless.Assets.Client;

/// <summary>A reduction of the limit because of 429s.</summary>
/// <param name="cause">What was going on.</param>
/// <param name="limit">The limit before.</param>
/// <param name="floor">The lowest limit that 429s for requests sent before can lead to.</param>
/// <param name="raised">The requests that the limit before applied to.</param>
/// <param name="nextNumber">The number of the first request after the reduction.</param>
/// <param name="strikes">How many reductions in a row were rejected too, including this one.</param>
/// <param name="deadline">When responses are no longer waited for.</param>
internal sealed class Setback(
    SetbackCause cause,
    int limit,
    int floor,
    RaisedRequests raised,
    long nextNumber,
    int strikes,
    TimeSpan deadline
)
{
    /// <summary>Fewer can have chance as their cause.</summary>
    private const int LeastRejectedReplacements = 3;

    private int _unanswered = raised.Unanswered;
    private bool _isSettled;

    public SetbackCause Cause => cause;

    public int Limit => limit;

    /// <summary>What is left of the limit if each 429 lowers it by one.</summary>
    public int LowerLimit => Math.Max(floor, limit - Rejected);

    /// <summary>The number of 429s that a raise has cost. To exceed the limit, startup needs one.</summary>
    public int Cost =>
        cause switch
        {
            SetbackCause.Startup => 1 + Rejected - RejectedOfRaise,
            SetbackCause.Experiment => Rejected,
            _ => 0,
        };

    public int Strikes { get; private set; } = strikes;

    /// <summary>The number of 429s for requests that were sent before the reduction.</summary>
    public int Rejected { get; private set; } = 1;

    /// <summary>Those of them whose requests were sent because the limit had been raised.</summary>
    public int RejectedOfRaise { get; private set; } = 1;

    /// <summary>The number of requests in flight that were not rejected, when the responses have arrived.</summary>
    public int Accepted => Math.Min(limit, raised.InFlight) - RejectedOfRaise;

    /// <summary>
    /// Whether the service seems to count rejected requests as in flight, so that it also rejects those that replace others.
    /// </summary>
    public bool TakesSlots =>
        cause == SetbackCause.Change
            ? floor > limit / 2 && Rejected > limit - floor
            : Rejected - RejectedOfRaise > Math.Max(LeastRejectedReplacements, Rejected / 4);

    /// <summary>
    /// Whether responses to requests of a failed raise are missing, so that it is not known which limit would have held.
    /// </summary>
    public bool IsOpen => cause is SetbackCause.Startup or SetbackCause.Experiment && !_isSettled;

    /// <summary>Whether the responses have arrived, or are late, and <see cref="Settle"/> is to be called.</summary>
    public bool CanSettle(TimeSpan now) => IsOpen && (_unanswered == 0 || now >= deadline);

    /// <summary>Whether a request was sent before the reduction.</summary>
    public bool IsBefore(SentRequest request) => request.Number < nextNumber;

    /// <summary>Call for each request that is answered or lost.</summary>
    public void OnAnswered(SentRequest request) => _unanswered -= request.Number < raised.AnsweredEnd ? 1 : 0;

    /// <summary>Call when a request from before the reduction is rejected.</summary>
    public void OnRejected(SentRequest request)
    {
        Rejected++;
        RejectedOfRaise += request.Number < raised.End ? 1 : 0;
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
