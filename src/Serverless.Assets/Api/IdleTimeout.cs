namespace Serverless.Assets.Api;

/// <summary>
/// Ends an attempt that makes no progress. A large upload over a slow line may take long; it is only given up when no
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

    /// <summary>Trips when there was no progress, or when the caller cancels.</summary>
    public CancellationToken Token => _linked.Token;

    public bool HasExpired => _idle.IsCancellationRequested;

    /// <summary>Bytes have moved. May come after the end: an answer need not wait for all of the request.</summary>
    public void OnProgress()
    {
        try
        {
            _idle.CancelAfter(_timeout);
        }
        catch (ObjectDisposedException) { }
    }

    public void Dispose()
    {
        _linked.Dispose();
        _idle.Dispose();
    }
}
