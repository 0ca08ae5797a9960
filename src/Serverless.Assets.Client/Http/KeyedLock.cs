namespace Serverless.Assets.Client;

/// <summary>Lets one caller at a time work on what has a key. Callers with other keys do not wait for each other.</summary>
internal sealed class KeyedLock
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <returns>Ends the work when it is disposed.</returns>
    public async Task<IDisposable> AcquireAsync(string key, CancellationToken cancellationToken)
    {
        Turn? turn;
        lock (_lock)
        {
            if (!_turns.TryGetValue(key, out turn))
            {
                _turns[key] = turn = new Turn();
            }

            turn.Callers++;
        }

        try
        {
            await turn.Semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Leave(key, turn);
            throw;
        }

        return new Holder(this, key, turn);
    }

    private void Leave(string key, Turn turn)
    {
        lock (_lock)
        {
            if (--turn.Callers == 0)
            {
                _turns.Remove(key);
                turn.Semaphore.Dispose();
            }
        }
    }

    /// <summary>The callers with one key, including the one that works.</summary>
    private sealed class Turn
    {
        public SemaphoreSlim Semaphore { get; } = new(1, 1);

        public int Callers { get; set; }
    }

    private sealed class Holder(KeyedLock owner, string key, Turn turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Semaphore.Release();
            owner.Leave(key, turn);
        }
    }
}
