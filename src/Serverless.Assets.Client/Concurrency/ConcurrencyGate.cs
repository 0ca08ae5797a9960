namespace Serverless.Assets.Client;

/// <summary>Lets as many requests through as <see cref="AdaptiveConcurrency"/> allows, in the order of their coming.</summary>
internal sealed class ConcurrencyGate(AdaptiveConcurrency concurrency)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<int>> _waiting = new();
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <inheritdoc cref="AdaptiveConcurrency.Limit"/>
    public int Limit => concurrency.Limit;

    /// <summary>Waits for a place. It is given back with <see cref="Leave"/>.</summary>
    /// <returns>The requests then in flight, this one included.</returns>
    public async Task<int> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<int> place;
        lock (_lock)
        {
            if (_inFlight < concurrency.Limit)
            {
                return ++_inFlight;
            }

            place = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        using var registration = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        return await place.Task.ConfigureAwait(false);
    }

    /// <param name="inFlightWhenSent">What <see cref="EnterAsync"/> returned.</param>
    /// <param name="isThrottled">Whether the answer was 429.</param>
    /// <param name="isProcessed">Whether there was an answer that tells of a limit not passed.</param>
    /// <param name="accountInFlight">What the answer says of the account's requests in flight.</param>
    public void Leave(int inFlightWhenSent, bool isThrottled, bool isProcessed, int? accountInFlight)
    {
        lock (_lock)
        {
            var wasFull = _inFlight >= concurrency.Limit;
            var ownInFlight = Math.Min(_inFlight, inFlightWhenSent);
            _inFlight--;
            if (isThrottled)
            {
                concurrency.OnThrottled(accountInFlight);
            }
            else if (isProcessed)
            {
                concurrency.OnProcessed(wasFull, ownInFlight, accountInFlight);
            }

            while (_inFlight < concurrency.Limit && _waiting.TryDequeue(out var place))
            {
                // False when its wait was cancelled in the meantime: the next one gets the place.
                if (place.TrySetResult(_inFlight + 1))
                {
                    _inFlight++;
                }
            }
        }
    }
}
