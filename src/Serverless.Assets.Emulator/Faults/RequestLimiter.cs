namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// Decides which API requests are accepted, and counts those in flight. A request is in flight from its arrival until
/// its response begins. A rejected request is counted separately until its response begins.
/// </summary>
internal sealed class RequestLimiter(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly InFlightHistory _history = new();
    private int _inFlight;
    private int _limited; // those in flight that the fault settings apply to
    private int _rejected;
    private int _mostInFlight;

    /// <summary>The highest number of requests in flight since the last reset.</summary>
    public int MostInFlight
    {
        get
        {
            lock (_lock)
            {
                return _mostInFlight;
            }
        }
    }

    /// <summary>Accepts or rejects a request that has arrived.</summary>
    /// <returns>An admission to dispose when the response begins or the request is abandoned.</returns>
    public Admission Admit(FaultPlan plan)
    {
        lock (_lock)
        {
            var now = GetTime();
            var before = _history.GetOneSecondBefore(now);
            var isAccepted = !HasReachedConcurrency(plan.Settings) && plan.Accepted.TryAdd(now);
            if (isAccepted)
            {
                SetInFlight(_inFlight + 1, now);
                _limited += plan.IsOutOfScope ? 0 : 1;
            }
            else
            {
                _rejected++;
            }

            int? concurrency = plan.Settings.ConcurrencyHeaderCounts switch
            {
                ConcurrencyHeaderCount.AtArrival => _inFlight,
                ConcurrencyHeaderCount.AtArrivalWithRejected => _inFlight + _rejected,
                ConcurrencyHeaderCount.OneSecondBeforeArrival => before,
                _ => null,
            };
            return new Admission(this, isAccepted, isLimited: !plan.IsOutOfScope, concurrency);
        }
    }

    public void ResetMostInFlight()
    {
        lock (_lock)
        {
            _mostInFlight = _inFlight;
        }
    }

    /// <summary>Forgets the requests that are no longer in flight.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _mostInFlight = _inFlight;
            _history.Clear();
        }
    }

    private bool HasReachedConcurrency(EmulatorFaults settings) =>
        settings.AllowedConcurrency > 0
        && _limited + (settings.ThrottledOccupiesSlot ? _rejected : 0) >= settings.AllowedConcurrency;

    private void SetInFlight(int count, TimeSpan now)
    {
        _inFlight = count;
        _mostInFlight = Math.Max(_mostInFlight, count);
        _history.Add(now, count);
    }

    /// <summary>The time since the start, which changes of the system's clock do not affect.</summary>
    private TimeSpan GetTime() => timeProvider.GetElapsedTime(_start);

    private int GetInFlight()
    {
        lock (_lock)
        {
            return _inFlight;
        }
    }

    private void Leave(bool wasAccepted, bool wasLimited)
    {
        lock (_lock)
        {
            if (wasAccepted)
            {
                SetInFlight(_inFlight - 1, GetTime());
                _limited -= wasLimited ? 1 : 0;
            }
            else
            {
                _rejected--;
            }
        }
    }

    /// <summary>A request whose response has not begun. Disposing it more than once has no effect.</summary>
    /// <param name="isLimited">Whether the fault settings apply to it.</param>
    /// <param name="concurrency">Null: the requests in flight when the response begins.</param>
    internal sealed class Admission(RequestLimiter limiter, bool isAccepted, bool isLimited, int? concurrency)
        : IDisposable
    {
        private bool _isDisposed;

        /// <summary>Whether the request is to be processed; otherwise it gets 429.</summary>
        public bool IsAccepted => isAccepted;

        /// <summary>
        /// The number for <c>Twilio-Concurrent-Requests</c>. Read it when the response begins, before disposing.
        /// </summary>
        public int Concurrency => concurrency ?? limiter.GetInFlight();

        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                limiter.Leave(isAccepted, isLimited);
            }
        }
    }
}
