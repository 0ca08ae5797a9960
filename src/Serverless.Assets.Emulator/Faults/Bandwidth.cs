namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// The bandwidth that all uploads share. Their reads take turns, each as long as its bytes take to transfer.
/// </summary>
internal sealed class Bandwidth(TimeProvider timeProvider, FaultControl faults)
{
    /// <summary>A timer cannot wait much longer.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(30);

    /// <summary>
    /// Timers end late, and reading and storing takes time, while bytes would still arrive. A longer pause means that no
    /// upload had bytes to transfer. In no case are more bytes transferred than the bandwidth permits.
    /// </summary>
    private static readonly TimeSpan LongestLateness = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private DateTimeOffset _freeFrom = DateTimeOffset.MinValue;
    private FaultPlan? _plan;

    /// <summary>Waits for the time that these bytes take to transfer after all earlier bytes.</summary>
    public Task WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        var plan = faults.Plan;
        var bytesPerSecond = plan.Settings.BandwidthBytesPerSecond;
        if (bytesPerSecond == 0)
        {
            return Task.CompletedTask;
        }

        TimeSpan delay;
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            if (plan != _plan)
            {
                // The bytes that were to wait for a lower bandwidth do not delay those of the new one.
                _plan = plan;
                _freeFrom = now;
            }

            var start = now - _freeFrom > LongestLateness ? now : _freeFrom;
            _freeFrom = start + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            delay = _freeFrom - now;
            if (delay <= TimeSpan.Zero)
            {
                return Task.CompletedTask;
            }

            if (delay > LongestDelay)
            {
                delay = LongestDelay;
                _freeFrom = now + delay;
            }
        }

        return Task.Delay(delay, timeProvider, cancellationToken);
    }
}
