namespace Serverless.Assets.Client;

/// <summary>Admits as many requests as <see cref="AdaptiveConcurrency"/> allows, first come, first served.</summary>
internal sealed class ConcurrencyGate(AdaptiveConcurrency concurrency)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<int>> _waiting = new();
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <inheritdoc cref="AdaptiveConcurrency.Limit"/>
    public int Limit => concurrency.Limit;

    /// <summary>Waits until a request may be sent. Call <see cref="Leave"/> when it has ended.</summary>
    /// <returns>The number of requests in flight, including this one.</returns>
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
    /// <param name="isThrottled">Whether the response was a 429, or this process has too many open files.</param>
    /// <param name="isProcessed">Whether there was a response, so that the limit was not exceeded.</param>
    /// <param name="accountInFlight">The account's requests in flight according to the response.</param>
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
                // False if the wait has been canceled; then admit the next one.
                if (place.TrySetResult(_inFlight + 1))
                {
                    _inFlight++;
                }
            }
        }
    }
}
