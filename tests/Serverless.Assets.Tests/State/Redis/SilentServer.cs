using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>A server that never answers: connections wait in the queue of the listener.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer() => _listener.Start();

    public string Url =>
        string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Dispose() => _listener.Dispose();
}
