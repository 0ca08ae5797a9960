namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// The leases of the runs that use the emulator. A lease is a request that stays open until the run ends, even if it is
/// killed. With <paramref name="stopsWhenUnused"/>, the emulator stops when the last lease ends.
/// </summary>
internal sealed class Leases(bool stopsWhenUnused)
{
    /// <summary>The time that the run that starts the emulator has to take the first lease.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _leases = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the last lease has ended and the emulator is to stop.</summary>
    public Task Unused => _unused.Task;

    /// <returns>False if the emulator is about to stop or the lease exists.</returns>
    public bool TryAdd(string lease)
    {
        lock (_lock)
        {
            return !Unused.IsCompleted && _leases.Add(lease);
        }
    }

    /// <summary>Ends a lease. Ending it more than once has no effect.</summary>
    /// <returns>Whether the emulator stops.</returns>
    public bool Remove(string lease)
    {
        lock (_lock)
        {
            if (_leases.Remove(lease))
            {
                StopIfUnused();
            }

            return Unused.IsCompleted;
        }
    }

    /// <summary>Stops the emulator if no run uses it.</summary>
    public void StopIfUnused()
    {
        lock (_lock)
        {
            if (stopsWhenUnused && _leases.Count == 0)
            {
                _unused.TrySetResult();
            }
        }
    }
}
