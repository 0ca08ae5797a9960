namespace Serverless.Assets.State.Redis;

/// <summary>
/// Limits the turns that a run takes to what it can upload now: what it took in advance would wait for its requests,
/// while other machines have some to spare.
/// </summary>
/// <param name="getRequests">The number of requests that may be in flight.</param>
internal sealed class TurnLimit(Func<int> getRequests)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<IDisposable>> _waiting = new();
    private int _held;

    /// <summary>A few more, so that the next request is ready when one ends.</summary>
    private int Limit => getRequests() * 5 / 4 + 1;

    /// <summary>Waits until a turn can be taken. Dispose the result when it has ended.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var place = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(place);
        }

        Admit();
        await using var registration = cancellationToken
            .Register(() => place.TrySetCanceled(cancellationToken))
            .ConfigureAwait(false);
        return await place.Task.ConfigureAwait(false);
    }

    /// <summary>Admits as many as the limit allows. Call it when the limit may have changed.</summary>
    public void Admit()
    {
        lock (_lock)
        {
            while (_held < Limit && _waiting.TryDequeue(out var place))
            {
                _held += place.TrySetResult(new Place(this)) ? 1 : 0;
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _held--;
        }

        Admit();
    }

    private sealed class Place(TurnLimit limit) : IDisposable
    {
        private TurnLimit? _limit = limit;

        public void Dispose() => Interlocked.Exchange(ref _limit, null)?.Leave();
    }
}
