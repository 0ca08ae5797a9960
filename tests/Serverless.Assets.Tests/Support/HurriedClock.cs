namespace Serverless.Assets.Tests.Support;

/// <summary>A clock on which waiting takes a fraction of the time, and the time of day may be shifted.</summary>
internal sealed class HurriedClock : TimeProvider
{
    /// <summary>How many times faster its timers are.</summary>
    public const int Factor = 20;

    public TimeSpan Shift { get; set; }

    public override long GetTimestamp() => System.GetTimestamp() * Factor;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(System.CreateTimer(callback, state, Hurry(dueTime), Hurry(period)));

    private static TimeSpan Hurry(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Factor;

    private sealed class HurriedTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Hurry(dueTime), Hurry(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
