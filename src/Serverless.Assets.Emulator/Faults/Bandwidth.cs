namespace Serverless.Assets.Emulator.Faults;

/// <summary>One line that all uploads share: each portion takes its time on it, one after the other.</summary>
internal sealed class Bandwidth(TimeProvider clock, FaultControl faults)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _freeFrom = DateTimeOffset.MinValue;

    /// <summary>Waits until this many bytes have come through.</summary>
    public Task PassAsync(int bytes, CancellationToken cancellationToken)
    {
        var rate = faults.Faults.BandwidthBytesPerSecond;
        if (rate == 0)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            _freeFrom = (_freeFrom > now ? _freeFrom : now) + TimeSpan.FromSeconds((double)bytes / rate);
            wait = _freeFrom - now;
        }

        return Task.Delay(wait, clock, cancellationToken);
    }
}
