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

    /// <param name="limit">The most requests in flight, this one included; 0 = unlimited.</param>
    /// <returns>A slot to dispose when the request is done, or null when the limit is reached.</returns>
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

    /// <summary>The place of one request. Disposing it again has no effect.</summary>
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
