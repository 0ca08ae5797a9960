namespace Serverless.Assets.Upload;

/// <summary>Runs the first time only.</summary>
internal sealed class OnceAction(Action action)
{
    private int _invoked;

    public void Invoke()
    {
        if (Interlocked.Exchange(ref _invoked, 1) == 0)
        {
            action();
        }
    }
}
