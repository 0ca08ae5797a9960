namespace Serverless.Assets.Client;

/// <summary>
/// Decides when a higher limit is tried. The more 429s the last experiments cost, the later the next one, as in the
/// path probes of RFC 8899.
/// </summary>
internal sealed class ExperimentSchedule
{
    /// <summary>
    /// The number of requests that are processed for each 429 that an experiment cost: about 1 % of all requests.
    /// </summary>
    private const int RequestsPerRejection = 80;

    /// <summary>
    /// Low limits are tested more often than <see cref="RequestsPerRejection"/> allows, because a process that others
    /// have left little of the limit would otherwise notice late that they have ended. Each failure doubles the rounds
    /// for each 429, up to the highest number.
    /// </summary>
    private const int LeastRoundsPerRejection = 4;

    private const int MostRoundsPerRejection = 32;

    /// <summary>The least number of rounds without a 429 before an experiment.</summary>
    private const int QuietRounds = 4;

    /// <summary>The number of waiting requests that is always enough for an experiment.</summary>
    private const int ManyWaiting = 100;

    private int _roundsPerRejection = LeastRoundsPerRejection;
    private int _requestsToProcess;
    private int _quietRounds;
    private int _waiting;

    /// <summary>Whether enough requests were processed since the last experiment, and enough rounds were quiet.</summary>
    public bool IsDue => IsPaidFor && _quietRounds >= QuietRounds;

    /// <summary>Whether enough requests were processed since the last experiment.</summary>
    public bool IsPaidFor => _requestsToProcess <= 0;

    /// <summary>
    /// Whether as many requests wait as may be in flight: at the end of an upload, nothing is gained by a higher limit, and
    /// the retry of a rejected request delays it.
    /// </summary>
    public bool IsWorkLeft(int limit) => _waiting >= Math.Min(limit, ManyWaiting);

    public void OnWaiting(int waiting) => _waiting = waiting;

    public void OnProcessed(int requests = 1) =>
        _requestsToProcess -= Math.Min(requests, Math.Max(0, _requestsToProcess));

    public void OnQuietRound() => _quietRounds++;

    /// <summary>Call when the limit was lowered.</summary>
    public void OnReduced() => _quietRounds = 0;

    public void OnSucceeded() => _roundsPerRejection = LeastRoundsPerRejection;

    /// <param name="rejections">The number of 429s that the experiment has cost so far.</param>
    public void OnRejected(int rejections, int limit) =>
        _requestsToProcess = Math.Max(
            _requestsToProcess,
            rejections * Math.Min(RequestsPerRejection, _roundsPerRejection * limit)
        );

    public void OnFailed() => _roundsPerRejection = Math.Min(2 * _roundsPerRejection, MostRoundsPerRejection);

    /// <summary>Call when the service's limit has changed, so that earlier experiments say little.</summary>
    public void Restart()
    {
        _roundsPerRejection = LeastRoundsPerRejection;
        _requestsToProcess = 0;
    }
}
