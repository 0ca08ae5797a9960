namespace Serverless.Assets.TestSupport;

/// <summary>
/// Bounds every wait for something that is certain to happen when the code is right. Tests wait for signals, never for
/// time to pass, so the limit is reached only by a test that would otherwise hang.
/// </summary>
internal static class Deadline
{
    /// <summary>Generous, because test projects run in parallel and a machine may have few cores.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(2);

    /// <summary>For a whole run or command, such as a restore and a build.</summary>
    public static readonly TimeSpan Build = TimeSpan.FromMinutes(10);

    /// <summary>Waits for the task until the deadline passes or the test is canceled.</summary>
    /// <param name="what">What the test waits for, for the failure message.</param>
    /// <exception cref="TimeoutException">The deadline passed.</exception>
    public static async Task WithinAsync(this Task task, string what, TimeSpan? limit = null)
    {
        try
        {
            await task.WaitAsync(limit ?? Default, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {limit ?? Default} for {what}.");
        }
    }

    /// <inheritdoc cref="WithinAsync(Task, string, TimeSpan?)"/>
    public static async Task<T> WithinAsync<T>(this Task<T> task, string what, TimeSpan? limit = null)
    {
        await ((Task)task).WithinAsync(what, limit);
        return await task;
    }
}
