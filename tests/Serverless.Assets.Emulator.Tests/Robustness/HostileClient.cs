using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Sends each request on a connection of its own, and ends or holds the connection as the request says.</summary>
internal static partial class HostileClient
{
    /// <summary>Sent after a complete request: the server closes the connection after it at the latest.</summary>
    private static byte[] GetLast(int port) =>
        Encoding.ASCII.GetBytes(
            $"GET /__emulator/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        );

    /// <param name="hold">Gets the connection of a request that stalls, to close it later.</param>
    /// <returns>Everything that the server has sent until it closed the connection; empty if the client does not read.</returns>
    public static async Task<string> SendAsync(
        int port,
        HostileRequest request,
        Action<IDisposable> hold,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var owned = request.Ending == Ending.Stall ? null : socket;
        if (request.Ending == Ending.Stall)
        {
            hold(socket);
        }

        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        using var received = new MemoryStream();
        var reading = request.Ending is Ending.Read or Ending.Finish
            ? ReadAsync(socket, received, cancellationToken)
            : null;
        try
        {
            await SendAllAsync(socket, request.Bytes, cancellationToken);
            switch (request.Ending)
            {
                case Ending.Read:
                    await SendAllAsync(socket, GetLast(port), cancellationToken);
                    break;
                case Ending.Finish:
                    socket.Shutdown(SocketShutdown.Send);
                    break;
                case Ending.Reset:
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                    break;
            }
        }
        catch (SocketException)
        {
            // The server has closed the connection because it does not read the rest.
        }

        if (reading is not null)
        {
            await reading.WaitAsync(Deadline.Default, cancellationToken);
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>The statuses of all responses in what a server has sent.</summary>
    public static IReadOnlyList<int> GetStatuses(string received) =>
        [.. StatusLine().Matches(received).Select(match => int.Parse(match.Groups[1].ValueSpan, provider: null))];

    private static async Task SendAllAsync(
        Socket socket,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    private static async Task ReadAsync(Socket socket, MemoryStream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, cancellationToken)) > 0)
            {
                target.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // The server has reset the connection because it does not read the rest.
        }
    }

    [GeneratedRegex(@"(?:^|\n|\})HTTP/1\.1 (\d{3})\b")]
    private static partial Regex StatusLine();
}
