namespace Serverless.Assets.Client;

/// <summary>
/// Decides how many requests may be in flight, to use the account's unpublished limit fully and exceed it rarely.
/// <para>
/// The idea is TCP's congestion control, with a 429 in place of a lost packet: <i>slow start</i> (RFC 5681, section
/// 3.1: one more for each success, so twice as many in each round) until the first 429; then one fewer for <i>each</i>
/// 429. Of n concurrent requests over a limit of L, exactly n - L are rejected, so the rejections of one round lead
/// down to the limit itself, where halving would leave half of it unused. This is also fair: of two builds on one
/// account, the larger gets more rejections.
/// </para>
/// <para>
/// Afterwards it <i>probes</i>: after some rounds without a 429, it allows one more request. If the next round stays
/// free of 429s, the next probe follows immediately and is twice as large, so that it follows a rising limit quickly.
/// If it is rejected, the next probe comes after twice as many rounds, up to <see cref="MaxQuietRounds"/> (the back-off
/// of RFC 8899's path probes), so a constant limit costs few rejections. The limit grows only while it is fully used:
/// successes while there is too little to send prove nothing (RFC 7661).
/// </para>
/// <para>
/// Responses may contain the account's requests in flight (<c>Twilio-Concurrent-Requests</c>). The number in a 429 is
/// close to the account's limit; in any other response, the number minus our own requests is what other builds use. The
/// rest is used immediately, without waiting for a probe. The header is optional: without it, finding the limit takes
/// longer.
/// </para>
/// Thread-safe.
/// </summary>
internal sealed class AdaptiveConcurrency
{
    /// <summary>The limit that slow start begins with: low enough for any account, and three rounds from 64.</summary>
    public const int Start = 8;

    /// <summary>
    /// The longest wait between two probes, in rounds. A round ends after <see cref="Limit"/> successes.
    /// </summary>
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

    /// <param name="ceiling">The highest limit; null means that only the account's limit applies.</param>
    public AdaptiveConcurrency(int? ceiling = null)
    {
        _ceiling = ceiling ?? int.MaxValue;
        Limit = Math.Min(Start, _ceiling);
    }

    /// <summary>The number of requests that may be in flight; at least 1.</summary>
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

    /// <summary>Call when a request was processed, successfully or not.</summary>
    /// <param name="wasFull">Whether the limit was fully used when the request ended.</param>
    /// <param name="ownInFlight">
    /// Our own requests in flight when the service counted. It may have counted when the request arrived or when it
    /// responded. Pass the smaller number: it overestimates what other builds use, which keeps growth careful.
    /// </param>
    /// <param name="accountInFlight">The response's <c>Twilio-Concurrent-Requests</c>; null if absent.</param>
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

    /// <summary>Call when a request was rejected with 429.</summary>
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

    /// <summary>The first round completes the requests that preceded the probe; the second one tests it.</summary>
    private void ProbeSucceeded()
    {
        _quietRounds = FirstQuietRounds;
        _step *= 2;
        Probe();
    }
}
