namespace Serverless.Assets.Client;

/// <summary>The part of a shared limit that a process has adopted.</summary>
internal sealed class PartOfLimit
{
    /// <summary>What a request is thought to take before the first one has been processed.</summary>
    private static readonly TimeSpan UnknownDuration = TimeSpan.FromMilliseconds(200);

    private readonly LimitShare _share;
    private readonly int _limit;
    private readonly int _proven;
    private readonly long _firstNumber;
    private readonly TimeSpan _certain;
    private bool _isCertain;

    /// <param name="limit">The part that can be used, which may be less than that of the share.</param>
    /// <param name="proven">The part that has held before; <paramref name="limit"/> if this one is not a raise.</param>
    /// <param name="certain">When 429s speak against it; null means at once.</param>
    private PartOfLimit(LimitShare share, int limit, int proven, long firstNumber, TimeSpan? certain)
    {
        _share = share;
        _limit = limit;
        _proven = proven;
        _firstNumber = firstNumber;
        _certain = certain.GetValueOrDefault();
        _isCertain = certain is null;
    }

    /// <param name="share">What <see cref="SharedLimitSearch"/> has calculated.</param>
    /// <param name="limit">The part that can be used, which may be less.</param>
    /// <param name="firstNumber">The number of the first request that is sent with it.</param>
    /// <param name="duration">The usual duration of a request; zero if it is not known.</param>
    /// <param name="previous">The part before; null if there was none.</param>
    public static PartOfLimit Create(
        LimitShare share,
        int limit,
        long firstNumber,
        TimeSpan now,
        TimeSpan duration,
        PartOfLimit? previous
    )
    {
        // After runs have come or gone, others may still have requests in flight that they sent with a larger part.
        var isSameDivision =
            previous is not null && previous._share.Runs == share.Runs && previous._share.Total is not null;
        var isRaise = isSameDivision && share.Total > previous!._share.Total;
        return new PartOfLimit(
            share,
            limit,
            isRaise ? Math.Min(limit, previous!._limit) : limit,
            firstNumber,
            isSameDivision ? null : now + (2 * (duration > TimeSpan.Zero ? duration : UnknownDuration))
        );
    }

    /// <summary>Whether nothing has changed.</summary>
    public bool IsSame(LimitShare share) =>
        share.Part == _share.Part && share.Total == _share.Total && share.Runs == _share.Runs;

    /// <summary>
    /// Lowers the limit because of a 429: by one request, or to the part that has held before, so that a service that takes
    /// as long to reject a request as to process it does not reject one after the other. When the part is certain, a
    /// quarter remains until others know of it.
    /// </summary>
    public int Reduce(int current, SentRequest request) =>
        request.Number < _firstNumber
            ? current
            : Math.Max(_isCertain ? (_limit + 3) / 4 : 1, Math.Min(_proven, current - 1));

    /// <summary>Restores the whole part when 429s begin to speak against it.</summary>
    public int Restore(int current, TimeSpan now)
    {
        if (_isCertain || now < _certain)
        {
            return current;
        }

        _isCertain = true;
        return _limit;
    }

    /// <param name="isPaused">Whether even one request in flight is too many.</param>
    /// <returns>Null while 429s do not speak against it.</returns>
    public AdoptedShare? GetUsage(int current, bool isPaused) =>
        _isCertain
            ? new AdoptedShare(_share.Total ?? 0, _share.Part ?? 0, Math.Max(isPaused ? 1 : 0, _limit - current))
            : null;
}
