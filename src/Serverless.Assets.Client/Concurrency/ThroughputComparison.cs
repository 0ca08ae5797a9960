namespace Serverless.Assets.Client;

/// <summary>
/// Compares the throughput at two limits by the durations of requests. By Little's law, n requests in flight that take
/// t seconds each complete n / t per second: if twice as many take twice as long, nothing is gained. Durations of the
/// same kind of request can be compared even when the mix of requests changes between the two measurements, unlike
/// responses or bytes per second.
/// </summary>
internal sealed class ThroughputComparison
{
    /// <summary>How many rounds the time spent on each kind of request is remembered.</summary>
    private const int MemoryRounds = 4;

    /// <summary>The share of the time in flight that the compared kinds of requests must account for.</summary>
    private const double RepresentativeShare = 0.5;

    /// <summary>Smaller raises change the durations less than chance does.</summary>
    private const double ComparableGrowth = 1.25;

    /// <summary>The throughput is exhausted if it grows by less than this share of the growth of the limit.</summary>
    private const double ExpectedGain = 0.5;

    private readonly Dictionary<RequestKind, double> _recentSeconds = [];
    private readonly Dictionary<RequestKind, int> _inFlight = [];
    private Dictionary<RequestKind, Durations> _previous = [];
    private Dictionary<RequestKind, Durations> _current = [];

    /// <summary>
    /// Whether the kinds of requests that most of the time is spent on were measured at the current limit, and most
    /// requests in flight are of kinds that were ever measured. At first, only short requests have been: a limit that
    /// suits them may be far too high for the long ones.
    /// </summary>
    public bool IsRepresentative
    {
        get
        {
            double measured = 0;
            double all = 0;
            foreach (var (kind, seconds) in _recentSeconds)
            {
                all += seconds;
                measured += _current.ContainsKey(kind) ? seconds : 0;
            }

            return measured >= RepresentativeShare * all && GetShareOfKnownKinds() >= RepresentativeShare;
        }
    }

    /// <summary>Whether a request in flight has a body whose transfer may take longer than the response.</summary>
    public bool IsLongBodyInFlight => _inFlight.Any(kind => kind.Value > 0 && kind.Key.HasLongBody);

    public void OnSent(RequestKind kind) => _inFlight[kind] = _inFlight.GetValueOrDefault(kind) + 1;

    public void OnEnded(RequestKind kind) => _inFlight[kind]--;

    /// <param name="isCurrent">Whether the request was sent at the current limit.</param>
    public void Add(RequestKind kind, TimeSpan duration, int limit, bool isCurrent)
    {
        var remaining = 1 - (1.0 / (MemoryRounds * Math.Max(limit, MemoryRounds)));
        foreach (var known in _recentSeconds.Keys)
        {
            _recentSeconds[known] *= remaining;
        }

        _recentSeconds[kind] = _recentSeconds.GetValueOrDefault(kind) + duration.TotalSeconds;
        if (isCurrent)
        {
            var durations = _current.GetValueOrDefault(kind);
            _current[kind] = new Durations(durations.Count + 1, durations.Seconds + duration.TotalSeconds);
        }
    }

    /// <summary>Starts measuring at a new limit, to be compared with what was measured last.</summary>
    public void StartLimit()
    {
        (_previous, _current) = (_current, _previous);
        _current.Clear();
    }

    /// <summary>Discards what was measured at the current limit.</summary>
    public void Restart() => _current.Clear();

    /// <summary>Whether the last raise of the limit has increased the throughput too little.</summary>
    /// <param name="growth">How many times as high as before the limit is.</param>
    public bool IsExhausted(double growth) =>
        CanCompare(growth) && GetSlowdown() is { } slowdown && slowdown > 1 + ((growth - 1) * ExpectedGain);

    /// <summary>Whether a raise is large enough to change the durations of requests.</summary>
    /// <inheritdoc cref="IsExhausted"/>
    public static bool CanCompare(double growth) => growth >= ComparableGrowth;

    /// <returns>How many times as long requests take as at the previous limit; null if that is unknown.</returns>
    public double? GetSlowdown()
    {
        double weighted = 0;
        double weights = 0;
        foreach (var (kind, durations) in _current)
        {
            if (_previous.TryGetValue(kind, out var earlier) && earlier.Mean > 0)
            {
                weighted += _recentSeconds[kind] * durations.Mean / earlier.Mean;
                weights += _recentSeconds[kind];
            }
        }

        return weights > 0 ? weighted / weights : null;
    }

    private double GetShareOfKnownKinds()
    {
        var known = 0;
        var all = 0;
        foreach (var (kind, count) in _inFlight)
        {
            all += count;
            known += _recentSeconds.ContainsKey(kind) ? count : 0;
        }

        return all == 0 ? 1 : (double)known / all;
    }

    private readonly record struct Durations(int Count, double Seconds)
    {
        public double Mean => Seconds / Count;
    }
}
