using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>A connection to the DevTools of a browser: JSON commands, each with one response, and events.</summary>
internal sealed class DevToolsConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _pending = [];
    private readonly ConcurrentDictionary<string, Action<string, JsonElement>> _listeners = [];
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    private DevToolsConnection() { }

    /// <param name="address">
    /// The address that the browser prints: <c>ws://127.0.0.1:PORT/devtools/browser/…</c>.
    /// </param>
    public static async Task<DevToolsConnection> OpenAsync(Uri address)
    {
        var connection = new DevToolsConnection();
        connection._socket.Options.Proxy = null;
        await connection._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        connection._receiving = connection.ReceiveAsync();
        return connection;
    }

    /// <summary>Sends a command and waits for its response.</summary>
    /// <param name="session">The session of a page; null for the browser itself.</param>
    public async Task<JsonElement> SendAsync(
        string method,
        object parameters,
        string? session,
        CancellationToken cancellationToken
    )
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = _pending[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new Dictionary<string, object>
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters,
        };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(command),
                WebSocketMessageType.Text,
                endOfMessage: true,
                cancellationToken
            );
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Deadline.Default, cancellationToken);
    }

    /// <summary>
    /// Subscribes to the events of a session: their names and parameters. Called on the thread that reads.
    /// </summary>
    public void Listen(string session, Action<string, JsonElement> listener) => _listeners[session] = listener;

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(message.GetMemory(64 * 1024), CancellationToken.None);
                message.Advance(received.Count);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                if (received.EndOfMessage)
                {
                    Handle(JsonSerializer.Deserialize<JsonElement>(message.WrittenSpan));
                    message.ResetWrittenCount();
                }
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException)
        {
            // The browser has ended, or this side has closed the connection.
        }

        foreach (var pending in _pending.Values)
        {
            pending.TrySetException(new IOException("The browser closed the connection."));
        }
    }

    private void Handle(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            if (_pending.TryRemove(id.GetInt32(), out var answer))
            {
                if (message.TryGetProperty("error", out var error))
                {
                    answer.TrySetException(
                        new InvalidOperationException($"DevTools: {error.GetProperty("message").GetString()}")
                    );
                }
                else
                {
                    answer.TrySetResult(message.GetProperty("result"));
                }
            }
        }
        else if (
            message.TryGetProperty("sessionId", out var session)
            && _listeners.TryGetValue(session.GetString()!, out var listener)
        )
        {
            listener(message.GetProperty("method").GetString()!, message.GetProperty("params"));
        }
    }
}
