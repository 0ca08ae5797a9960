namespace Serverless.Assets.Client;

/// <summary>
/// Ends an attempt that makes no progress. A large upload over a slow line may take long: it is abandoned only when no
/// byte has moved for the whole time.
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

    /// <summary>Cancelled when there was no progress, or when the caller cancels.</summary>
    public CancellationToken Token => _linked.Token;

    public bool HasExpired => _idle.IsCancellationRequested;

    /// <summary>Bytes have moved. May be called after the end: an answer can arrive before the whole request is sent.</summary>
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
