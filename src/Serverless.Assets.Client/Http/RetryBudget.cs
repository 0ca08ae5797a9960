namespace Serverless.Assets.Client;

/// <summary>Limits how long one request is retried.</summary>
/// <param name="timeout">Counted from the first attempt; <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</param>
internal sealed class RetryBudget(TimeSpan timeout, TimeProvider clock)
{
    private long? _started;

    /// <summary>Whether the request has been sent.</summary>
    public bool HasStarted => _started is not null;

    /// <summary>Whether the time is over when a wait ends.</summary>
    /// <param name="wait">The time that the service asks the client to wait; null: none.</param>
    public bool IsExhaustedAfter(TimeSpan? wait) =>
        timeout != Timeout.InfiniteTimeSpan
        && _started is { } started
        && clock.GetElapsedTime(started) + (wait ?? TimeSpan.Zero) >= timeout;

    /// <summary>
    /// Call when an attempt starts. The time before the first attempt does not count: many calls can wait for the limit
    /// on requests in flight.
    /// </summary>
    public void OnAttempt() => _started ??= clock.GetTimestamp();
}
