namespace Serverless.Assets.Client;

/// <summary>What a process knows of those that share its limit, and what they have to know of it.</summary>
internal sealed class RunSharing
{
    /// <summary>
    /// How long a process keeps its part without a request in flight, because it is about to send or to retry some.
    /// </summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(1);

    private TimeSpan? _idleSince;
    private bool _hasWaited;
    private bool _hasEverWaited;
    private bool _hasShared;
    private int? _total;

    /// <summary>The part of the limit; null if the process looks for the limit by itself.</summary>
    public PartOfLimit? Part
    {
        get;
        set
        {
            field = value;
            _hasShared |= value is not null;
        }
    }

    /// <summary>The limit of all processes that was known last; null if this one has not used a part of it.</summary>
    public int? Total => _hasShared ? _total : null;

    /// <summary>Whether no other process sends requests.</summary>
    public bool IsAlone { get; private set; } = true;

    /// <summary>Call when no request is in flight.</summary>
    public void OnIdle(TimeSpan now) => _idleSince = now;

    /// <summary>Call when a request has to wait.</summary>
    public void OnWaiting() => _hasWaited = _hasEverWaited = true;

    /// <param name="share">Null: the limit is no longer shared.</param>
    /// <returns>Whether it is the first time that the limit of all is known.</returns>
    public bool Update(LimitShare? share)
    {
        var isFirst = _total is null && share?.Total is not null;
        _total = share?.Total ?? _total;
        IsAlone = share is null or { Runs: 1 };
        return isFirst;
    }

    /// <summary>Describes the process since the last call.</summary>
    /// <param name="isPaused">Whether even one request in flight is too many.</param>
    public RunUsage GetUsage(string id, int limit, int inFlight, bool isPaused, TimeSpan now)
    {
        _idleSince ??= now;
        var hasWaited = _hasWaited;
        _hasWaited = false;
        return new RunUsage(id, limit, IsBusy: inFlight > 0 || now - _idleSince < LongestGap)
        {
            Needed = hasWaited || !_hasEverWaited ? null : inFlight + 1,
            Adopted = Part?.GetUsage(limit, isPaused),
            HasPart = Part is not null,
            IsLimited = hasWaited && !isPaused,
        };
    }
}
