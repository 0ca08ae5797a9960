namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// The requests that were accepted within the last second, at most <paramref name="limit"/>; 0 = unlimited. Times are
/// since any start and never decrease. It is not thread-safe: <see cref="RequestLimiter"/> locks.
/// </summary>
internal sealed class RateWindow(int limit)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly Queue<TimeSpan> _accepted = new();

    /// <returns>False if as many requests as allowed were accepted within the last second.</returns>
    public bool TryAdd(TimeSpan now)
    {
        if (limit == 0)
        {
            return true;
        }

        while (_accepted.TryPeek(out var first) && now - first >= Length)
        {
            _accepted.Dequeue();
        }

        if (_accepted.Count >= limit)
        {
            return false;
        }

        _accepted.Enqueue(now);
        return true;
    }
}
