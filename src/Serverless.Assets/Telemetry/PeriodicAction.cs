namespace Serverless.Assets.Telemetry;

/// <summary>
/// Repeats an action until it is disposed. The next repetition is due an interval after the last one has ended, so that
/// an action that blocks, such as writing to a paused terminal, blocks one thread and not one more in each interval.
/// </summary>
internal sealed class PeriodicAction : IAsyncDisposable, IDisposable
{
    private readonly Action _action;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;

    /// <param name="action">
    /// Only shows something: if it fails, it is not repeated. On the thread of a timer, the exception would end the
    /// process.
    /// </param>
    public PeriodicAction(TimeProvider clock, TimeSpan delay, TimeSpan interval, Action action)
    {
        _action = action;
        _interval = interval;
        _timer = clock.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(delay, Timeout.InfiniteTimeSpan); // not before the field is assigned
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Waits for an action that is running.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Run()
    {
        try
        {
            _action();
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
        catch (Exception)
        {
            // The run itself is not affected.
        }
    }
}
