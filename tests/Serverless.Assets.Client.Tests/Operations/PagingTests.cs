using System.Net;
using System.Text;

namespace Serverless.Assets.Client.Tests.Operations;

public sealed class PagingTests : ClientTest
{
    private const string FirstLine = $"GET /v1/Services/{Service}/Assets?PageSize=1000";

    [Fact]
    public async Task A_list_follows_the_pages_to_the_end()
    {
        var handler = new StubHandler(request =>
            request.Address.Query switch
            {
                "?PageSize=1000" => Page(
                    $"https://api.test/v1/Services/{Service}/Assets?PageSize=1000&Page=1&PageToken=t",
                    "a",
                    "b"
                ),
                "?PageSize=1000&Page=1&PageToken=t" => Page($"/v1/Services/{Service}/Assets?Page=2", "c"),
                _ => Page(null),
            }
        );
        var assets = await ListAssetsAsync(handler);
        Assert.Equal(["/a", "/b", "/c"], assets.Select(asset => asset.FriendlyName));
        Assert.Equal(
            [FirstLine, FirstLine + "&Page=1&PageToken=t", $"GET /v1/Services/{Service}/Assets?Page=2"],
            handler.Lines
        );
    }

    [Theory]
    [InlineData("400", 1)]
    [InlineData("500", 8)]
    [InlineData("refused", 8)]
    public async Task A_page_that_fails_fails_the_list(string failure, int attempts)
    {
        var handler = new StubHandler(request =>
            request.Address.Query.Contains("Page=1", StringComparison.Ordinal)
                ? Fail(failure)
                : Page($"/v1/Services/{Service}/Assets?Page=1", "a")
        );
        await Assert.ThrowsAsync<ServerlessApiException>(() => ListAssetsAsync(handler));
        Assert.Equal(1 + attempts, handler.Requests.Count);
    }

    [Fact]
    public async Task A_page_that_fails_temporarily_is_retried_without_duplicate_items()
    {
        var failures = 3;
        var handler = new StubHandler(request =>
            request.Address.Query.Contains("Page=1", StringComparison.Ordinal)
                ? --failures >= 0
                    ? Fail("503")
                    : Page(null, "b")
                : Page($"/v1/Services/{Service}/Assets?Page=1", "a")
        );
        var assets = await ListAssetsAsync(handler);
        Assert.Equal(["/a", "/b"], assets.Select(asset => asset.FriendlyName));
        Assert.Equal(5, handler.Requests.Count);
    }

    /// <summary>Behind a reverse proxy that rewrites nothing, the service names its own host.</summary>
    [Theory]
    [InlineData("https://serverless.twilio.com")]
    [InlineData("https://serverless.dublin.ie1.twilio.com")]
    public async Task A_next_page_at_the_origin_of_the_service_is_requested_from_the_configured_origin(string origin)
    {
        var handler = new StubHandler(request =>
            request.Address.Query.Contains("Page=1", StringComparison.Ordinal)
                ? Page(null, "b")
                : Page($"{origin}/v1/Services/{Service}/Assets?PageSize=1000&Page=1&PageToken=t", "a")
        );

        var assets = await ListAssetsAsync(handler);

        Assert.Equal(["/a", "/b"], assets.Select(asset => asset.FriendlyName));
        Assert.Equal([FirstLine, FirstLine + "&Page=1&PageToken=t"], handler.Lines);
        Assert.All(handler.Requests, request => Assert.Equal("api.test", request.Address.Host));
    }

    [Theory]
    [InlineData("http://serverless.twilio.com/v1/Services")]
    [InlineData("https://serverless.twilio.com:8443/v1/Services")]
    [InlineData("https://serverless.twilio.com.evil.test/v1/Services")]
    [InlineData("https://serverless-upload.twilio.com/v1/Services")]
    [InlineData("https://evil.test/v1/Services")]
    [InlineData("http://api.test/v1/Services")]
    [InlineData("https://api.test:8443/v1/Services")]
    [InlineData("https://api.test@evil.test/v1/Services")]
    [InlineData("https://api.test.evil.test/v1/Services")]
    [InlineData("//evil.test/v1/Services")]
    [InlineData("file:///etc/passwd")]
    public async Task A_next_page_at_another_origin_is_refused_and_no_credentials_go_there(string address)
    {
        var handler = new StubHandler(_ => Page(address, "a"));
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => ListAssetsAsync(handler));
        Assert.Equal(ApiFailure.Refused, failure.Failure);
        Assert.Contains(
            new Uri(new Uri("https://api.test"), address).ToString(),
            failure.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains("not at the configured origins", failure.Reason, StringComparison.Ordinal);
        Assert.Equal([FirstLine], handler.Lines);
    }

    [Theory]
    [InlineData("""{ "meta": { "key": "assets", "next_page_url": null }, "other": [] }""")]
    [InlineData("""{ "meta": { "key": "assets", "next_page_url": null }, "assets": { } }""")]
    [InlineData("""{ "meta": { "key": "assets", "next_page_url": "http://[" }, "assets": [] }""")]
    [InlineData(
        """{ "meta": { "key": "assets", "next_page_url": null }, "assets": [ { "sid": "ZH00000000000000000000000000000001" } ] }"""
    )]
    [InlineData("""{ "meta": { "key": "assets", "next_page_url": null }, "assets": [ 7 ] }""")]
    public async Task A_page_that_is_none_fails_the_list(string json)
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            ListAssetsAsync(new StubHandler(_ => StubHandler.Json(json)))
        );
        Assert.Equal((ApiFailure.Ambiguous, ApiOperation.ListAssets), (failure.Failure, failure.Request.Operation));
        Assert.Contains("page", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_is_empty() => Assert.Empty(await ListAssetsAsync(new StubHandler(_ => Page(null))));

    [Fact]
    public async Task A_list_of_what_does_not_exist_fails()
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            ListAssetsAsync(new StubHandler(_ => Fail("404")))
        );
        Assert.Equal(HttpStatusCode.NotFound, failure.Status);
    }

    [Fact]
    public async Task A_list_may_have_many_small_pages()
    {
        var page = 0;
        var handler = new StubHandler(_ =>
            Page(++page < 1005 ? $"/v1/Services/{Service}/Assets?Page={page}" : null, $"{page}")
        );

        var assets = await CreateClient(handler)
            .Assets.ListAsync(Service, pageSize: 1, cancellationToken: Cancellation)
            .ToListAsync(Cancellation);

        Assert.Equal(1005, assets.Count);
    }

    private Task<List<AssetResource>> ListAssetsAsync(StubHandler handler) =>
        CreateClient(handler)
            .Assets.ListAsync(Service, pageSize: 1000, cancellationToken: Cancellation)
            .ToListAsync(Cancellation)
            .AsTask();

    private static string SidOf(string name) =>
        "ZH" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name)).PadLeft(32, '0');

    private static HttpResponseMessage Page(string? next, params string[] sids) =>
        StubHandler.Json(
            $$"""{ "meta": { "key": "assets", "page": 0, "next_page_url": {{(next is null ? "null" : $"\"{next}\"")}} }, "assets": [{{string.Join(", ", sids.Select(sid => $$"""{ "sid": "{{SidOf(sid)}}", "friendly_name": "/{{sid}}" }"""))}}] }"""
        );
}
