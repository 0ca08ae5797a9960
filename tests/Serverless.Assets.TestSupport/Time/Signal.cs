namespace Serverless.Assets.TestSupport;

/// <summary>
/// Lets a test wait for a condition that other threads change: they set the signal after each change.
/// </summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reports a change.</summary>
    public void Set() =>
        Interlocked
            .Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();

    /// <summary>Evaluates the condition now and after each change until it is true.</summary>
    /// <param name="what">What the test waits for, for the failure message.</param>
    /// <param name="end">A task whose completion means that the condition can no longer become true.</param>
    public async Task WaitForAsync(Func<Task<bool>> condition, string what, Task? end = null)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task; // before the condition, so that no change is missed
            var hasEnded = end?.IsCompleted == true;
            if (await condition())
            {
                return;
            }

            Assert.False(hasEnded, $"What should have led to {what} has ended.");
            await (end is null ? next : Task.WhenAny(next, end)).WithinAsync(what);
        }
    }

    /// <inheritdoc cref="WaitForAsync(Func{Task{bool}}, string, Task?)"/>
    public Task WaitForAsync(Func<bool> condition, string what) =>
        WaitForAsync(() => Task.FromResult(condition()), what);
}
