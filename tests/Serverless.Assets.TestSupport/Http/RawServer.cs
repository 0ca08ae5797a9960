using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A server on the bytes of a connection, for what no HTTP server does: it answers before it has received the request,
/// and closes the connection.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, string> _respond;
    private readonly int _bodyBytes;
    private readonly Task _accepting;
    private int _requests;
    private long _received;

    /// <param name="respond">Gets the response from the head of a request; lines are separated by <c>\n</c>.</param>
    /// <param name="bodyBytes">How much of the body to read before the response.</param>
    public RawServer(Func<string, string> respond, int bodyBytes = 0)
    {
        _respond = respond;
        _bodyBytes = bodyBytes;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The bytes of all bodies.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                try
                {
                    await RespondAsync(client.GetStream());
                }
                catch (IOException) { } // the client has closed the connection
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task RespondAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return; // a connection that the client opened and did not need
            }

            head.Append((char)one[0]);
        }

        Interlocked.Increment(ref _requests);
        var buffer = new byte[16 * 1024];
        for (var left = _bodyBytes; left > 0; )
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), _stop.Token);
            if (count == 0)
            {
                return; // the client has given up
            }

            left -= count;
            Interlocked.Add(ref _received, count);
        }

        var response = _respond(head.ToString()).Replace("\n", "\r\n", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(response), _stop.Token);

        // As servers do: a connection that is closed with unread data is reset, and the response is lost with it.
        stream.Socket.Shutdown(SocketShutdown.Send);
        int read;
        while ((read = await stream.ReadAsync(buffer, _stop.Token)) > 0)
        {
            Interlocked.Add(ref _received, read);
        }
    }
}
