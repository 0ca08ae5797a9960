using System.Net;
using System.Text;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>Real proxies that refuse the tunnel to the service, and quote what they have received.</summary>
public sealed class ProxyTests
{
    private const string User = "agent";
    private const string Password = "p@ss word/1234567";

    [Theory]
    [InlineData("407 Denied {0}\nProxy-Authenticate: Basic realm=\"{0}\"")]
    [InlineData("403 Not for {0}")]
    [InlineData("502 {0}")]
    [InlineData("302 Found\nLocation: http://login.test/?{0}")]
    public async Task Its_refusal_is_reported_without_its_password(string response)
    {
        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));
        var heads = new List<string>();
        await using var server = new RawServer(head =>
        {
            heads.Add(head);
            return $"HTTP/1.1 {string.Format(null, response, header)}\nContent-Length: {header.Length}\n"
                + $"Connection: close\n\n{header}";
        });
        var address = $"http://{User}:{Uri.EscapeDataString(Password)}@{server.Address.Authority}";
        SecretRedactor.AddProxies(name => name == "HTTPS_PROXY" ? address : null);
        using var client = CreateClient(
            new WebProxy(server.Address) { Credentials = new NetworkCredential(User, Password) }
        );

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            client.Services.FetchAsync(TestSettings.ServiceSid, TestContext.Current.CancellationToken)
        );

        Assert.All(heads, head => Assert.StartsWith("CONNECT api.test:443 ", head, StringComparison.Ordinal));
        Assert.DoesNotContain(heads, head => head.Contains("\nAuthorization:", StringComparison.Ordinal));
        Assert.Contains(response[..3], failure.Message, StringComparison.Ordinal);
        Assert.False(failure.WasProcessed);
        Assert.All(
            [Password, Uri.EscapeDataString(Password), header],
            secret => Assert.DoesNotContain(secret, failure.Message, StringComparison.Ordinal)
        );
    }

    private static ServerlessClient CreateClient(WebProxy proxy)
    {
        var handler = (SocketsHttpHandler)ApiConnection.CreateHandler();
        handler.Proxy = new LoopbackBypassProxy(proxy);
        return new ServerlessClient(TestSettings.CreateClientOptions(handler, new SkippingClock()));
    }
}
