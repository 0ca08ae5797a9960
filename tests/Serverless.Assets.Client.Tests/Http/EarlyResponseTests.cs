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

    private static async Task<ServerlessApiException> UploadAsync(RawServer server)
    {
        using var client = new ServerlessClient(
            TestSettings.Client with
            {
                ApiBaseUrl = server.Address,
                UploadBaseUrl = server.Address,
                Clock = new SkippingClock(),
            }
        );
        return await Assert.ThrowsAsync<ServerlessApiException>(() =>
            client.AssetVersions.CreateAsync(
                TestSettings.ServiceSid,
                TestSid.From("ZH1"),
                "/a.bin",
                Visibility.Public,
                AssetContent.FromBytes(new byte[Size]),
                TestContext.Current.CancellationToken
            )
        );
    }
}
