using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.TestSupport;

/// <summary>A clock that a test advances, once it knows that the code under test has started to wait.</summary>
internal sealed class ManualClock() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _timers = [];
    private readonly Signal _created = new();

    /// <summary>Durations of all timers, in the order of their creation.</summary>
    public IReadOnlyList<TimeSpan> Timers
    {
        get
        {
            lock (_lock)
            {
                return [.. _timers];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _timers.Add(dueTime);
        }

        _created.Set();
        return timer;
    }

    /// <summary>Waits until so many timers have been created since the start.</summary>
    public Task WaitForTimersAsync(int count) => _created.WaitForAsync(() => Timers.Count >= count, $"{count} timers");
}
