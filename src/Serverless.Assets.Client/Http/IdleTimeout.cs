namespace Serverless.Assets.Client;

/// <summary>
/// Ends an attempt that makes no progress. A large upload over a slow connection may take long: it is abandoned only if
/// no bytes move during the whole timeout.
/// </summary>
internal sealed class IdleTimeout : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _linked;

    public IdleTimeout(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _idle = new CancellationTokenSource(timeout, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_idle.Token, cancellationToken);
    }

    /// <summary>Canceled when the timeout expires or the caller cancels.</summary>
    public CancellationToken Token => _linked.Token;

    public bool HasExpired => _idle.IsCancellationRequested;

    /// <summary>
    /// Restarts the timeout. May be called after <see cref="Dispose"/>: a response can arrive before the whole request
    /// is sent.
    /// </summary>
    public void OnProgress()
    {
        try
        {
            _idle.CancelAfter(_timeout);
        }
        catch (ObjectDisposedException)
        {
            // The attempt has ended.
        }
    }

    public void Dispose()
    {
        _linked.Dispose();
        _idle.Dispose();
    }
}
