namespace Serverless.Assets.Client;

/// <summary>The requests that the service processed within the last second.</summary>
internal sealed class RecentRequests
{
    /// <summary>Limits on rates usually count the requests of a second.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The weight of a request in <see cref="Duration"/>.</summary>
    private const double Weight = 1.0 / 16;

    private readonly Queue<TimeSpan> _ended = new();

    /// <summary>The usual duration of a request: an exponential moving average. Zero before the first request.</summary>
    public TimeSpan Duration { get; private set; }

    public void Add(TimeSpan now, TimeSpan duration)
    {
        Duration = Duration == TimeSpan.Zero ? duration : Duration + (Weight * (duration - Duration));
        _ended.Enqueue(now);
        RemoveOld(now);
    }

    /// <summary>
    /// Gets how many requests in flight result in the number of requests processed in the last second.
    /// </summary>
    public int GetConcurrency(TimeSpan now)
    {
        RemoveOld(now);
        return (int)Math.Round(_ended.Count * Duration / Period);
    }

    private void RemoveOld(TimeSpan now)
    {
        while (_ended.TryPeek(out var time) && now - time > Period)
        {
            _ended.Dequeue();
        }
    }
}
