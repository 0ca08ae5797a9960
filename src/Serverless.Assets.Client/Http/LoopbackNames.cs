using System.Net;
using System.Net.Sockets;

namespace Serverless.Assets.Client;

/// <summary>
/// Treats <c>localhost</c> and all names below it as this machine (RFC 6761), which not every resolver, and no proxy,
/// does.
/// </summary>
internal static class LoopbackNames
{
    /// <summary>Whether the address is on this machine, as far as its host name tells.</summary>
    public static bool IsLoopback(Uri address) => address.IsLoopback || IsBelowLocalhost(address.IdnHost);

    /// <summary>Connects to a host, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
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
