namespace Serverless.Assets.Client;

/// <summary>Limits how long one request is retried.</summary>
/// <param name="timeout">Counted from the first attempt; <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</param>
internal sealed class RetryBudget(TimeSpan timeout, TimeProvider clock)
{
    private long? _started;

    public bool IsExhausted =>
        timeout != Timeout.InfiniteTimeSpan && _started is { } started && clock.GetElapsedTime(started) >= timeout;

    /// <summary>
    /// Call when an attempt starts. The time before the first attempt does not count: many calls can wait for the limit
    /// on requests in flight.
    /// </summary>
    public void OnAttempt() => _started ??= clock.GetTimestamp();
}
