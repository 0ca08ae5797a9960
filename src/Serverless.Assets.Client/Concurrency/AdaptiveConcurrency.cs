namespace Serverless.Assets.Client;

/// <summary>
/// Decides how many requests may be in flight, so that the account's limit, which nobody tells, is used and rarely
/// passed.
/// <para>
/// The idea is TCP's congestion control, with a 429 in the place of a lost packet: <i>slow start</i> (RFC 5681, section
/// 3.1: one more for each success, so twice as many each round) until the first 429. Then one fewer for <i>each</i> 429:
/// of n requests sent at once over a limit of L, exactly n - L come back with 429, so that the rejections of one round
/// lead down to the limit itself, where halving would leave half of it unused. It also shares fairly: of two builds on
/// one account, the larger gets the more rejections.
/// </para>
/// <para>
/// Afterwards it <i>probes</i>: after some rounds without a 429, one request more. If the round after it stays clean,
/// the next probe comes at once and is twice as large, so a limit that rises is followed quickly; if it is rejected, the
/// next comes after twice as many rounds, up to <see cref="MaxQuietRounds"/> (the back-off of RFC 8899's path probes),
/// so a limit that stays costs few rejections. Growth needs a full house: successes while there is too little to send
/// prove nothing (RFC 7661).
/// </para>
/// <para>
/// Answers may tell the account's requests in flight (<c>Twilio-Concurrent-Requests</c>). The number at a 429 is about
/// the account's limit; the number of an answer less our own is what other builds use. What they leave is taken at once,
/// without waiting for a probe. Without the header all the same works, only slower.
/// </para>
/// Thread-safe.
/// </summary>
internal sealed class AdaptiveConcurrency
{
    /// <summary>Where slow start begins: little enough for any account, and three rounds from 64.</summary>
    public const int Start = 8;

    /// <summary>Longest wait between two probes, in rounds of as many successes as may be in flight.</summary>
    public const int MaxQuietRounds = 32;

    private const int FirstQuietRounds = 4;

    private readonly Lock _lock = new();
    private readonly int _ceiling;
    private bool _inSlowStart = true;
    private int _quietRounds = FirstQuietRounds;
    private int _successesInRow;
    private int _step = 1;
    private bool _isProbing;
    private int? _accountLimit;

    /// <param name="ceiling">Never more than this; null: no ceiling but the account's.</param>
    public AdaptiveConcurrency(int? ceiling = null)
    {
        _ceiling = ceiling ?? int.MaxValue;
        Limit = Math.Min(Start, _ceiling);
    }

    /// <summary>Requests that may be in flight; at least 1.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }
        private set => field = Math.Clamp(value, 1, _ceiling);
    }

    /// <summary>A request was processed, whatever the answer.</summary>
    /// <param name="wasFull">Whether as many requests as allowed were in flight when it ended.</param>
    /// <param name="ownInFlight">
    /// Requests of ours that were in flight when the service counted. That may have been when it was sent or when it was
    /// answered, so pass the smaller number: it makes the others more, and growth careful.
    /// </param>
    /// <param name="accountInFlight">What the answer's <c>Twilio-Concurrent-Requests</c> says.</param>
    public void OnProcessed(bool wasFull, int ownInFlight = 0, int? accountInFlight = null)
    {
        lock (_lock)
        {
            if (accountInFlight > _accountLimit)
            {
                _accountLimit = accountInFlight;
            }

            if (!wasFull)
            {
                return;
            }

            var others = accountInFlight - ownInFlight;
            if (_inSlowStart || Limit + others < _accountLimit)
            {
                Limit++;
                return;
            }

            _successesInRow++;
            if (_isProbing && _successesInRow >= 2 * Limit)
            {
                ProbeSucceeded();
            }
            else if (!_isProbing && _successesInRow >= _quietRounds * Limit)
            {
                Probe();
            }
        }
    }

    /// <summary>A request was rejected with 429.</summary>
    public void OnThrottled(int? accountInFlight = null)
    {
        lock (_lock)
        {
            if (accountInFlight > 1)
            {
                _accountLimit = accountInFlight;
            }

            if (_isProbing)
            {
                _quietRounds = Math.Min(2 * _quietRounds, MaxQuietRounds);
            }

            _inSlowStart = false;
            _isProbing = false;
            _step = 1;
            _successesInRow = 0;
            Limit--;
        }
    }

    private void Probe()
    {
        _isProbing = true;
        _successesInRow = 0;
        Limit += _step;
    }

    /// <summary>The first round ends what was in flight before the probe, the second one tells.</summary>
    private void ProbeSucceeded()
    {
        _quietRounds = FirstQuietRounds;
        _step *= 2;
        Probe();
    }
}
