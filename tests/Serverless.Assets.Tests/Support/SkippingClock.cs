using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Tests.Support;

/// <summary>
/// Time that passes only when somebody waits: a short wait (before a repetition) is over at once and is written down; the
/// long ones (that guard against standstill) stay until the test moves the clock.
/// </summary>
internal sealed class SkippingClock : FakeTimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < Long)
        {
            _waits.Enqueue(dueTime);
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
