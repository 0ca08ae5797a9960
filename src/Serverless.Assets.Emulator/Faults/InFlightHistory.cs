namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// The number of requests in flight within the last second, to the millisecond, so that it has at most about 1,000
/// entries. Times are since any start and never decrease. It is not thread-safe: <see cref="RequestLimiter"/> locks.
/// </summary>
internal sealed class InFlightHistory
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(1);

    private readonly Queue<Change> _changes = new();
    private Change? _last;
    private int _countBefore;

    /// <summary>The number of entries.</summary>
    public int Count => _changes.Count;

    /// <param name="count">The number of requests in flight from now on.</param>
    public void Add(TimeSpan now, int count)
    {
        RemoveBefore(now);
        if (now - _last?.Time < Resolution)
        {
            _last!.Count = count;
            return;
        }

        _last = new Change(now) { Count = count };
        _changes.Enqueue(_last);
    }

    /// <returns>0 if there was no request yet.</returns>
    public int GetOneSecondBefore(TimeSpan now)
    {
        RemoveBefore(now);
        return _countBefore;
    }

    public void Clear()
    {
        _changes.Clear();
        _last = null;
        _countBefore = 0;
    }

    private void RemoveBefore(TimeSpan now)
    {
        while (_changes.TryPeek(out var first) && now - first.Time >= Length)
        {
            _countBefore = _changes.Dequeue().Count;
        }
    }

    private sealed class Change(TimeSpan time)
    {
        public TimeSpan Time => time;

        public int Count { get; set; }
    }
}
