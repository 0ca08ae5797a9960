namespace Serverless.Assets.Emulator.Faults;

/// <summary>Counts the API requests in flight: from the arrival of each to the moment its answer begins to be written.</summary>
internal sealed class ConcurrencyGate
{
    private readonly Lock _lock = new();
    private int _inFlight;
    private int _most;

    /// <summary>The most requests that were in flight at once since the last reset.</summary>
    public int MostInFlight
    {
        get
        {
            lock (_lock)
            {
                return _most;
            }
        }
    }

    /// <summary>Takes a place, unless <paramref name="allowed"/> are taken (0 = any number).</summary>
    /// <returns>The place, to be disposed once; null when there is none.</returns>
    public Slot? TryEnter(int allowed)
    {
        lock (_lock)
        {
            if (allowed > 0 && _inFlight >= allowed)
            {
                return null;
            }

            _inFlight++;
            _most = Math.Max(_most, _inFlight);
            return new Slot(this, _inFlight);
        }
    }

    public void ResetMost()
    {
        lock (_lock)
        {
            _most = _inFlight;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <summary>One place in flight.</summary>
    internal sealed class Slot(ConcurrencyGate gate, int inFlight) : IDisposable
    {
        private bool _left;

        /// <summary>The requests in flight when this one arrived, with itself.</summary>
        public int InFlight => inFlight;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                gate.Leave();
            }
        }
    }
}
