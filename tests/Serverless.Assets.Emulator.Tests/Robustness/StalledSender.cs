using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>A client that stops in the middle of a request and keeps the connection open.</summary>
internal sealed class StalledSender : IDisposable
{
    private readonly Socket _socket;

    private StalledSender(Socket socket)
    {
        _socket = socket;
        Received = ReadAsync();
    }

    /// <summary>What the server has sent when it closes the connection.</summary>
    public Task<string> Received { get; }

    /// <param name="bytes">The beginning of a request.</param>
    public static async Task<StalledSender> StartAsync(int port, byte[] bytes)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, TestEmulator.Token);
            var sender = new StalledSender(socket);
            await sender.SendAsync(bytes);
            return sender;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, TestEmulator.Token)..];
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadAsync()
    {
        using var received = new MemoryStream();
        var buffer = new byte[1024];
        try
        {
            int count;
            while ((count = await _socket.ReceiveAsync(buffer, TestEmulator.Token)) > 0)
            {
                received.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // The server has reset the connection, or the test has closed it.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }
}
