namespace Serverless.Assets.Client;

/// <summary>
/// Admits as many requests as <see cref="AdaptiveConcurrency"/> allows: those of <see cref="RequestPriority.Normal"/>
/// first, of each priority those that are sent again first, and otherwise in the order of arrival.
/// </summary>
internal sealed class ConcurrencyGate(AdaptiveConcurrency concurrency, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Place, (RequestPriority Priority, bool IsNew, long Arrival)> _waiting = new();
    private readonly long _started = clock.GetTimestamp();
    private long _arrivals;
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

    /// <summary>The number of requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits until a request may be sent. Call <see cref="Leave"/> when it has ended.</summary>
    /// <param name="isRepeated">
    /// Whether it was sent before: otherwise it could be left to be repeated when all others have ended.
    /// </param>
    public async Task<SentRequest> EnterAsync(
        RequestKind kind,
        RequestPriority priority,
        bool isRepeated,
        CancellationToken cancellationToken
    )
    {
        var place = new Place(kind, priority);
        lock (_lock)
        {
            _waiting.Enqueue(place, (priority, !isRepeated, _arrivals++));
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
            if (FindNext() is not { } place)
            {
                return;
            }

            var reserved = place.Priority == RequestPriority.Low ? _reserved : 0;
            if (concurrency.InFlight + reserved >= concurrency.Limit)
            {
                concurrency.OnWaiting(_waiting.Count);
                return;
            }

            if (now < concurrency.PausedUntil)
            {
                AdmitAfterPause(now);
                return;
            }

            _waiting.Dequeue();
            var sent = concurrency.OnSent(place.Kind, now);

            // False if the wait has just been canceled.
            if (!place.Task.TrySetResult(sent))
            {
                concurrency.OnEnded(sent, RequestOutcome.Lost, now);
            }
        }
    }

    /// <summary>Finds the next request that still waits.</summary>
    private Place? FindNext()
    {
        while (_waiting.TryPeek(out var place, out _))
        {
            if (!place.Task.Task.IsCanceled)
            {
                return place;
            }

            _waiting.Dequeue();
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

    private sealed record Place(RequestKind Kind, RequestPriority Priority)
    {
        public TaskCompletionSource<SentRequest> Task { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Which requests are sent first if more are waiting than may be in flight.</summary>
internal enum RequestPriority
{
    Normal,

    /// <summary>For requests that start something new, so that what was started is finished first.</summary>
    Low,
}
