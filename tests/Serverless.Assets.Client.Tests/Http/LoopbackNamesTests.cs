using System.Net;

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

    [Fact]
    public async Task A_name_below_localhost_connects_to_this_machine()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
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
