using System.Net;
using System.Net.Sockets;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>Names below <c>localhost</c> are this machine, for the proxy and for connections.</summary>
public sealed class LoopbackNamesTests
{
    [Theory]
    [InlineData("http://localhost:1/", true)]
    [InlineData("http://127.0.0.1:1/", true)]
    [InlineData("http://127.8.8.8:1/", true)]
    [InlineData("http://[::1]:1/", true)]
    [InlineData("http://site-1234-dev.localhost:1/", true)]
    [InlineData("http://SITE.LOCALHOST:1/", true)]
    [InlineData("http://site.localhost.:1/", true)]
    [InlineData("https://localhost.evil.test/", false)]
    [InlineData("https://evil-localhost/", false)]
    [InlineData("https://serverless.twilio.com/", false)]
    public void A_proxy_is_bypassed_for_this_machine_only(string address, bool isLoopback)
    {
        var proxy = new LoopbackBypassProxy(new WebProxy("http://proxy.test:8080"));

        Assert.Equal(isLoopback, proxy.IsBypassed(new Uri(address)));
        Assert.Equal(isLoopback ? null : new Uri("http://proxy.test:8080"), proxy.GetProxy(new Uri(address)));
    }

    /// <summary>What is in the buffer counts as sent, so it must not grow by itself.</summary>
    [Fact]
    public async Task A_connection_has_a_send_buffer_of_limited_size()
    {
        using var expected = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 512 * 1024 };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var handler = (SocketsHttpHandler)ApiConnection.CreateHandler();
        var connect = handler.ConnectCallback!;
        var size = 0;
        handler.ConnectCallback = async (context, token) =>
        {
            var stream = await connect(context, token);
            size = ((NetworkStream)stream).Socket.SendBufferSize;
            await stream.DisposeAsync();
            throw new IOException("only the size is of interest");
        };
        using var http = new HttpClient(handler);

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetAsync(new Uri($"http://{listener.LocalEndpoint}/"), TestContext.Current.CancellationToken)
        );

        Assert.Equal(expected.SendBufferSize, size);
    }

    [Fact]
    public async Task A_name_below_localhost_connects_to_this_machine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var accepted = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient(ApiConnection.CreateHandler());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = http.GetAsync(new Uri($"http://no-such-site.localhost:{port}/"), stop.Token);

        using var connection = await accepted.AsTask().WithinAsync("the connection");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }
}
