using System.Net;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>
/// Servers and proxies that refuse a request before they have received it, and close the connection: the client does
/// not send the content, or not again, and reports their reason.
/// </summary>
public sealed class EarlyResponseTests
{
    private const int Size = 20 * 1024 * 1024;

    [Theory]
    [InlineData(413, "the file is larger than the service accepts")]
    [InlineData(401, "Authenticate")]
    [InlineData(403, "Authenticate")]
    [InlineData(411, "Authenticate")]
    public async Task Content_that_the_server_refuses_is_not_sent(int status, string reason)
    {
        await using var server = new RawServer(_ => Respond(status));

        var failure = await UploadAsync(server);

        Assert.Equal((HttpStatusCode)status, failure.Status);
        Assert.Equal(reason, failure.Reason);
        Assert.False(failure.WasProcessed);
        Assert.Equal((1, 0), (server.Requests, server.ReceivedBytes));
    }

    [Theory]
    [InlineData(413)]
    [InlineData(401)]
    public async Task Content_that_the_server_refuses_while_it_is_sent_is_not_sent_again(int status)
    {
        await using var server = new RawServer(_ => Respond(status), bodyBytes: 64 * 1024);

        var failure = await UploadAsync(server);

        Assert.Equal((HttpStatusCode)status, failure.Status);
        Assert.Equal(1, server.Requests);
    }

    /// <summary>A server or proxy that does not support expectations still gets the content.</summary>
    [Fact]
    public async Task A_server_that_refuses_the_expectation_gets_the_request_without_it()
    {
        await using var server = new RawServer(head =>
            head.Contains("\nExpect: 100-continue", StringComparison.OrdinalIgnoreCase)
                ? Respond(417)
                : $"HTTP/1.1 201 Created\nContent-Type: application/json\nContent-Length: {SampleRequests.VersionJson.Length}\n"
                    + $"Connection: close\n\n{SampleRequests.VersionJson}"
        );

        var version = await SendAsync(server);

        Assert.Equal(SampleRequests.VersionSid, version.Sid);
        Assert.Equal(2, server.Requests);
        Assert.True(server.ReceivedBytes > 0); // the server may still be reading the rest
    }

    [Fact]
    public async Task An_expectation_that_was_refused_is_not_sent_again()
    {
        var number = 0;
        var handler = new StubHandler(request =>
            request.Headers.ExpectContinue == true
                ? StubHandler.Html(HttpStatusCode.ExpectationFailed)
                : StubHandler.Json(
                    SampleRequests.VersionJson.Replace("\"ZN0", $"\"ZN{++number}", StringComparison.Ordinal)
                )
        );
        using var client = new ServerlessClient(TestSettings.CreateClientOptions(handler));

        await SendAsync(client);
        await SendAsync(client);

        Assert.Equal([true, false, false], handler.Requests.Select(request => request.Headers.ExpectContinue == true));
    }

    [Fact]
    public async Task A_request_without_expectation_that_is_refused_for_one_fails()
    {
        await using var server = new RawServer(_ => Respond(417), bodyBytes: 0);

        var failure = await UploadAsync(server);

        Assert.Equal((HttpStatusCode.ExpectationFailed, "Authenticate"), (failure.Status, failure.Reason));
        Assert.False(failure.WasProcessed);
        Assert.Equal(2, server.Requests);
    }

    private static string Respond(int status) =>
        status == 413
            ? "HTTP/1.1 413 Request Entity Too Large\nContent-Length: 0\nConnection: close\n\n"
            : $$"""
                HTTP/1.1 {{status}} Refused
                Content-Type: application/json
                Content-Length: 43
                Connection: close

                { "code": 20003, "message": "Authenticate"}
                """;

    private static Task<ServerlessApiException> UploadAsync(RawServer server) =>
        Assert.ThrowsAsync<ServerlessApiException>(() => SendAsync(server));

    private static async Task<AssetVersionResource> SendAsync(RawServer server)
    {
        using var handler = ApiConnection.CreateHandler();
        var options = TestSettings.CreateClientOptions(handler, new SkippingClock());
        options.ApiBaseUrl = options.UploadBaseUrl = server.Address;
        using var client = new ServerlessClient(options);
        return await SendAsync(client);
    }

    private static Task<AssetVersionResource> SendAsync(ServerlessClient client) =>
        client.AssetVersions.CreateAsync(
            TestSettings.ServiceSid,
            TestSid.From("ZH1"),
            "/a.txt",
            Visibility.Public,
            AssetContent.FromBytes(new byte[Size]),
            TestContext.Current.CancellationToken
        );
}
