using System.Net;
using System.Net.Sockets;

namespace Serverless.Assets.Client;

/// <summary>
/// Treats <c>localhost</c> and all names below it as this machine (RFC 6761), which not every resolver, and no proxy,
/// does.
/// </summary>
internal static class LoopbackNames
{
    /// <summary>
    /// Bytes in the buffer of a connection count as sent. A system that grows the buffer to several megabytes would hide
    /// for minutes how slow a line is, and the end of an upload would look like a stalled request. This size still
    /// allows 40 Mbit/s for each connection at a round-trip time of 100 ms.
    /// </summary>
    private const int SendBufferBytes = 512 * 1024;

    /// <summary>Whether the address is on this machine, as far as its host name tells.</summary>
    public static bool IsLoopback(Uri address) => address.IsLoopback || IsBelowLocalhost(address.IdnHost);

    /// <summary>Connects to a host, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendBufferSize = SendBufferBytes,
        };
        try
        {
            if (IsBelowLocalhost(context.DnsEndPoint.Host))
            {
                var addresses = new[] { IPAddress.Loopback, IPAddress.IPv6Loopback };
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsBelowLocalhost(string host) =>
        host.TrimEnd('.').EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
