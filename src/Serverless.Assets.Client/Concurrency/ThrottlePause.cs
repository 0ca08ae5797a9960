namespace Serverless.Assets.Client;

/// <summary>
/// The pause after which the next request may be sent, if even the lowest limit is too high: the account exceeds a
/// limit on requests per second, or others use up the whole limit. It doubles with each 429 (exponential backoff, as
/// the service's documentation recommends) and shrinks with each request that is processed, so that it approaches what
/// the service allows.
/// </summary>
internal sealed class ThrottlePause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _length;

    /// <summary>No request may be sent before this time.</summary>
    public TimeSpan Until { get; private set; }

    /// <summary>Whether requests are still sent with a pause between them.</summary>
    public bool IsNeeded => _length > TimeSpan.Zero;

    /// <param name="duration">The usual duration of a request.</param>
    public void Extend(TimeSpan duration, TimeSpan now)
    {
        var next = IsNeeded ? 2 * _length : duration;
        _length = next < Shortest ? Shortest : (next > Longest ? Longest : next);
        Until = now + _length;
    }

    /// <summary>
    /// Ends the pause, or, while only one request may be in flight, shortens it: quickly while it is long, then slowly, to
    /// find the shortest one.
    /// </summary>
    /// <param name="limit">The limit on requests in flight.</param>
    /// <param name="duration">The usual duration of a request.</param>
    public void OnProcessed(int limit, TimeSpan duration, TimeSpan now)
    {
        if (!IsNeeded)
        {
            return;
        }

        _length *= _length > 2 * duration ? 0.5 : 0.85;
        if (limit > 1 || _length < duration / 4)
        {
            _length = TimeSpan.Zero;
        }

        Until = limit > 1 ? Until : now + _length;
    }
}
