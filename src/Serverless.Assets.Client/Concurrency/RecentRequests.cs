namespace Serverless.Assets.Client;

/// <summary>The requests that the service processed within the last second.</summary>
internal sealed class RecentRequests
{
    /// <summary>Limits on rates usually count the requests of a second.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How much longer than the shortest request most others take.</summary>
    private const double BriefDurations = 1.5;

    private static readonly TimeSpan LongDuration = TimeSpan.FromMilliseconds(50);

    /// <summary>The weight of a request in <see cref="Duration"/>.</summary>
    private const double Weight = 1.0 / 16;

    private readonly Queue<(TimeSpan Ended, TimeSpan Duration)> _requests = new();

    /// <summary>The usual duration of a request: an exponential moving average. Zero before the first request.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Whether they take so long that it is worth risking a few 429s to save the duration of one.</summary>
    public bool AreLong => Duration >= LongDuration;

    public void Add(TimeSpan now, TimeSpan duration)
    {
        Duration = Duration == TimeSpan.Zero ? duration : Duration + (Weight * (duration - Duration));
        _requests.Enqueue((now, duration));
        RemoveOld(now);
    }

    /// <summary>
    /// Gets the time until which the responses to most requests that are sent now arrive, unless some requests take much
    /// longer than others.
    /// </summary>
    public TimeSpan GetBriefEnd(TimeSpan now)
    {
        RemoveOld(now);
        return now + (BriefDurations * _requests.Select(request => request.Duration).DefaultIfEmpty().Min());
    }

    /// <summary>
    /// Gets how many requests in flight result in the number of requests processed in the last second.
    /// </summary>
    public int GetConcurrency(TimeSpan now)
    {
        RemoveOld(now);
        return (int)Math.Round(_requests.Count * Duration / Period);
    }

    private void RemoveOld(TimeSpan now)
    {
        while (_requests.TryPeek(out var request) && now - request.Ended > Period)
        {
            _requests.Dequeue();
        }
    }
}
