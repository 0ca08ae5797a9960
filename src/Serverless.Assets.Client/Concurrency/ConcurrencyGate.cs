namespace Serverless.Assets.Client;

/// <summary>
/// Admits as many requests as <see cref="AdaptiveConcurrency"/> allows: in the order of
/// <see cref="RequestPriority"/>, and each kind in the order of arrival.
/// </summary>
internal sealed class ConcurrencyGate(AdaptiveConcurrency concurrency, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<Place> _waitingHigh = new();
    private readonly Queue<Place> _waiting = new();
    private readonly Queue<Place> _waitingLow = new();
    private readonly long _started = clock.GetTimestamp();
    private int _reserved;
    private ITimer? _pause;
    private TimeSpan _admitsAt;

    /// <inheritdoc cref="AdaptiveConcurrency.InFlight"/>
    public int InFlight => concurrency.InFlight;

    /// <inheritdoc cref="AdaptiveConcurrency.Limit"/>
    public int Limit => concurrency.Limit;

    /// <inheritdoc cref="AdaptiveConcurrency.Found"/>
    public int? FoundLimit
    {
        get
        {
            lock (_lock)
            {
                return concurrency.Found;
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_started);

    /// <inheritdoc cref="AdaptiveConcurrency.StartWith"/>
    public void StartWith(int found)
    {
        lock (_lock)
        {
            concurrency.StartWith(found);
        }
    }

    /// <inheritdoc cref="AdaptiveConcurrency.GetUsage"/>
    public RunUsage GetUsage(string id)
    {
        lock (_lock)
        {
            return concurrency.GetUsage(id, Now);
        }
    }

    /// <inheritdoc cref="AdaptiveConcurrency.Adopt"/>
    public void Adopt(LimitShare? share)
    {
        lock (_lock)
        {
            concurrency.Adopt(share, Now);
            Admit();
        }
    }

    /// <summary>Waits until a request may be sent. Call <see cref="Leave"/> when it has ended.</summary>
    public async Task<SentRequest> EnterAsync(
        RequestKind kind,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var place = new Place(kind);
        lock (_lock)
        {
            (
                priority switch
                {
                    RequestPriority.High => _waitingHigh,
                    RequestPriority.Normal => _waiting,
                    _ => _waitingLow,
                }
            ).Enqueue(place);
            Admit();
        }

        await using var registration = cancellationToken
            .Register(() => place.Task.TrySetCanceled(cancellationToken))
            .ConfigureAwait(false);
        return await place.Task.Task.ConfigureAwait(false);
    }

    /// <param name="request">What <see cref="EnterAsync"/> returned.</param>
    public void Leave(SentRequest request, RequestOutcome outcome)
    {
        lock (_lock)
        {
            concurrency.OnEnded(request, outcome, Now);
            Admit();
        }
    }

    /// <summary>
    /// Reserves a place for a request that follows, ahead of those of <see cref="RequestPriority.Low"/>. Dispose the
    /// result when that request waits or is not sent.
    /// </summary>
    public IDisposable Reserve()
    {
        lock (_lock)
        {
            _reserved++;
            return new Reservation(this);
        }
    }

    private void Admit()
    {
        while (true)
        {
            var now = Now; // before the search, because a clock of tests may end a pause, which admits requests too
            if (FindNext() is not var (queue, place))
            {
                return;
            }

            var reserved = queue == _waitingLow ? _reserved : 0;
            if (concurrency.InFlight + reserved >= concurrency.Limit)
            {
                concurrency.OnWaiting(_waitingHigh.Count + _waiting.Count + _waitingLow.Count);
                return;
            }

            if (now < concurrency.PausedUntil)
            {
                AdmitAfterPause(now);
                return;
            }

            queue.Dequeue();
            var sent = concurrency.OnSent(place.Kind, now);

            // False if the wait has just been canceled.
            if (!place.Task.TrySetResult(sent))
            {
                concurrency.OnEnded(sent, RequestOutcome.Lost, now);
            }
        }
    }

    /// <summary>Finds the next request that still waits.</summary>
    private (Queue<Place> Queue, Place Next)? FindNext()
    {
        foreach (var queue in (ReadOnlySpan<Queue<Place>>)[_waitingHigh, _waiting, _waitingLow])
        {
            while (queue.TryPeek(out var place))
            {
                if (!place.Task.Task.IsCanceled)
                {
                    return (queue, place);
                }

                queue.Dequeue();
            }
        }

        return null;
    }

    /// <summary>Admits requests after the pause. A timer may be a little early, so milliseconds are rounded up.</summary>
    private void AdmitAfterPause(TimeSpan now)
    {
        if (_admitsAt != concurrency.PausedUntil)
        {
            _admitsAt = concurrency.PausedUntil;
            var delay = TimeSpan.FromMilliseconds(Math.Ceiling((_admitsAt - now).TotalMilliseconds));
            _pause?.Dispose();
            _pause = clock.CreateTimer(_ => OnPauseEnded(), state: null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnPauseEnded()
    {
        lock (_lock)
        {
            _admitsAt = TimeSpan.Zero;
            Admit();
        }
    }

    private void OnReservationEnded()
    {
        lock (_lock)
        {
            _reserved--;
            Admit();
        }
    }

    private sealed class Reservation(ConcurrencyGate gate) : IDisposable
    {
        private ConcurrencyGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.OnReservationEnded();
    }

    private sealed record Place(RequestKind Kind)
    {
        public TaskCompletionSource<SentRequest> Task { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Which requests are sent first if more are waiting than may be in flight.</summary>
internal enum RequestPriority
{
    Normal,

    /// <summary>For requests that are sent again, so that none is left to be repeated when all others have ended.</summary>
    High,

    /// <summary>For requests that start something new, so that what was started is finished first.</summary>
    Low,
}
