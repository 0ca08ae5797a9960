using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A clock on which time passes only when code waits: a delay immediately moves the clock to its end and is recorded.
/// Timers of at least <c>longest</c> are timeouts: they fire only when other delays or the test move the clock that
/// far.
/// </summary>
/// <param name="longest">The shortest duration that is not skipped.</param>
internal sealed class SkippingClock(TimeSpan longest) : FakeTimeProvider(GetStart())
{
    private readonly Lock _lock = new();
    private readonly Lock _advancing = new();
    private readonly List<TimeSpan> _waits = [];

    /// <summary>Skips delays of less than ten minutes, which is longer than any pause before a retry.</summary>
    public SkippingClock()
        : this(TimeSpan.FromMinutes(10)) { }

    /// <summary>The delays that were skipped, in the order in which they began.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _waits];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        var due = GetUtcNow() + dueTime; // not before the timer's own end, even if another wait has moved the clock since
        var repeats = period > TimeSpan.Zero;
        if (dueTime > TimeSpan.Zero && dueTime < longest && !repeats)
        {
            lock (_lock)
            {
                _waits.Add(dueTime);
            }

            // Not here: the caller does not expect its callback before it has the timer.
            ThreadPool.QueueUserWorkItem(_ => AdvanceTo(due));
        }

        return timer;
    }

    /// <summary>
    /// The real time, because files have real time stamps; without a fraction, which HTTP dates cannot express.
    /// </summary>
    private static DateTimeOffset GetStart() =>
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Runs the callbacks of timers: a wait that begins meanwhile must not need the same lock.</summary>
    private void AdvanceTo(DateTimeOffset time)
    {
        lock (_advancing)
        {
            if (time - GetUtcNow() is { Ticks: > 0 } left)
            {
                Advance(left);
            }
        }
    }
}
