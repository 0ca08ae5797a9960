using Serverless.Assets.Settings;

namespace Serverless.Assets.Connection;

/// <summary>Keeps a connection between the runs of a process. At most one run uses it at a time.</summary>
internal sealed class ServiceConnectionCache : IDisposable
{
    private readonly Lock _lock = new();
    private ServiceConnection? _idle;
    private bool _isDisposed;

    /// <summary>Takes the connection of an earlier run if it suits this one and is idle; otherwise opens one.</summary>
    public ServiceConnection Take(ValidatedServiceSettings settings, EngineContext context)
    {
        ServiceConnection? idle;
        lock (_lock)
        {
            (idle, _idle) = (_idle, null);
        }

        if (idle?.TryContinue(settings, context) == true)
        {
            return idle;
        }

        idle?.Dispose();
        return ServiceConnection.Open(settings, context);
    }

    /// <summary>Flushes the upload state, and keeps the connection for the next run.</summary>
    public void Return(ServiceConnection connection)
    {
        connection.Flush();
        lock (_lock)
        {
            if (_idle is null && !_isDisposed)
            {
                _idle = connection;
                return;
            }
        }

        connection.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _idle?.Dispose();
            _idle = null;
        }
    }
}
