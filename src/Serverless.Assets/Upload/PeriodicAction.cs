namespace Serverless.Assets.Upload;

/// <summary>
/// Repeats an action until it is disposed. It never runs twice at a time: an action that blocks, such as writing to a
/// paused terminal, blocks one thread, and not one more in each interval.
/// </summary>
internal sealed class PeriodicAction : IAsyncDisposable, IDisposable
{
    private readonly Action _action;
    private readonly ITimer _timer;
    private int _isRunning;

    /// <param name="action">
    /// Only shows something: if it fails, it is not repeated. On the thread of a timer, the exception would end the
    /// process.
    /// </param>
    public PeriodicAction(TimeProvider clock, TimeSpan delay, TimeSpan interval, Action action)
    {
        _action = action;
        _timer = clock.CreateTimer(_ => Run(), null, delay, interval);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Waits for an action that is running.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Run()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            return;
        }

        try
        {
            _action();
            Volatile.Write(ref _isRunning, 0);
        }
        catch (Exception)
        {
            // The run itself is not affected. The action counts as running, so that it is not repeated.
        }
    }
}
