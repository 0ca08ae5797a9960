namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// Counts and limits the API requests in flight. A request is in flight from its arrival until its response begins.
/// </summary>
internal sealed class ConcurrencyGate
{
    private readonly Lock _lock = new();
    private int _inFlight;
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

    /// <param name="limit">The maximum number of requests in flight, including this one; 0 = unlimited.</param>
    /// <returns>A slot to dispose when the request is done; null if the limit is reached.</returns>
    public Slot? TryEnter(int limit)
    {
        lock (_lock)
        {
            if (limit > 0 && _inFlight >= limit)
            {
                return null;
            }

            _inFlight++;
            _mostInFlight = Math.Max(_mostInFlight, _inFlight);
            return new Slot(this, _inFlight);
        }
    }

    public void ResetMostInFlight()
    {
        lock (_lock)
        {
            _mostInFlight = _inFlight;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <summary>A request in flight. Disposing it more than once has no effect.</summary>
    internal sealed class Slot(ConcurrencyGate gate, int inFlight) : IDisposable
    {
        private bool _isDisposed;

        /// <summary>The requests in flight when this one arrived, including itself.</summary>
        public int InFlight => inFlight;

        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                gate.Leave();
            }
        }
    }
}
