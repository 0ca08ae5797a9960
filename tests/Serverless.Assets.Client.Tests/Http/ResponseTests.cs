using System.Net;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>What the client makes of a response: a resource, null, or an exception with the service's reason.</summary>
public sealed class ResponseTests : ClientTest
{
    [Theory]
    [InlineData(
        """{ "code": 20001, "message": "Path is invalid", "more_info": "https://www.twilio.com/docs/errors/20001", "status": 400 }""",
        "Path is invalid",
        20001,
        "https://www.twilio.com/docs/errors/20001"
    )]
    [InlineData(
        """{ "status": 400, "message": "Bad", "detail": "in detail", "code": 20001, "moreInfo": "https://x.test" }""",
        "Bad",
        20001,
        "https://x.test"
    )]
    [InlineData("""{ "detail": "in detail" }""", "in detail", null, null)]
    [InlineData("""{ "code": null, "message": null }""", "Bad Request", null, null)]
    [InlineData("{}", "Bad Request", null, null)]
    [InlineData("{", "Bad Request", null, null)]
    [InlineData("[]", "Bad Request", null, null)]
    public async Task An_error_response_is_reported_with_the_message_from_the_Service(
        string json,
        string reason,
        int? code,
        string? moreInfo
    )
    {
        var failure = await FailAsync(() => StubHandler.Json(json, HttpStatusCode.BadRequest));
        Assert.Equal(
            (reason, code, moreInfo, HttpStatusCode.BadRequest),
            (failure.Reason, failure.Code, failure.MoreInfo, failure.Status)
        );
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "the file is larger than the service accepts")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden")]
    [InlineData((HttpStatusCode)499, "499")]
    public async Task The_HTML_of_a_proxy_is_not_shown(HttpStatusCode status, string reason)
    {
        var failure = await FailAsync(() => StubHandler.Html(status, """{ "message": "looks like JSON" }"""));
        Assert.Equal((reason, $"HTTP {(int)status}"), (failure.Reason, failure.Details));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_names_its_target()
    {
        var failure = await FailAsync(() =>
            new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://login.test/") } }
        );
        Assert.Equal(
            (ApiFailure.Refused, "a redirect to https://login.test/, which is not followed with credentials"),
            (failure.Failure, failure.Reason)
        );
        using var handler = Assert.IsType<SocketsHttpHandler>(ApiConnection.CreateHandler());
        Assert.False(handler.AllowAutoRedirect || handler.UseCookies);
        Assert.Null(handler.Credentials);
    }

    [Fact]
    public async Task Error_details_include_the_information_that_support_needs()
    {
        var failure = await FailAsync(() =>
        {
            var answer = StubHandler.Json(
                """{ "code": 20003, "message": "Authenticate" }""",
                HttpStatusCode.Unauthorized
            );
            answer.Headers.Add("Twilio-Request-Id", "RQ123");
            return answer;
        });
        Assert.Equal("HTTP 401, Twilio code 20003, request RQ123", failure.Details);
        Assert.Equal("Asset.Create of Asset /a.txt: Authenticate", failure.Message);
    }

    [Theory]
    [InlineData("public", "completed")]
    [InlineData("PUBLIC", "COMPLETED")]
    [InlineData("Public", "Completed")]
    public async Task Enumerations_are_read_in_any_case(string visibility, string status)
    {
        var build = await CreateClient(new StubHandler(_ => StubHandler.Json(Build(visibility, status))))
            .Builds.FindAsync(Service, TestSid.From("ZB1"), Cancellation);
        Assert.Equal(
            (BuildStatus.Completed, Visibility.Public),
            (build!.Status, build.AssetVersions!.Single().Visibility)
        );
    }

    [Theory]
    [InlineData("secret", "completed")]
    [InlineData("public", "done")]
    public async Task An_unknown_value_is_an_invalid_response(string visibility, string status)
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => StubHandler.Json(Build(visibility, status))))
                .Builds.FindAsync(Service, TestSid.From("ZB1"), Cancellation)
        );
        Assert.Equal(
            (ApiFailure.Ambiguous, "the response does not have the expected format"),
            (failure.Failure, failure.Reason)
        );
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_named()
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => Fail("html"))).Assets.ListAllAsync(Service, Cancellation)
        );

        Assert.Equal("the response is text/html instead of JSON, so it may be that of a proxy", failure.Reason);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("name")]
    [InlineData("tls")]
    public async Task A_host_without_a_connection_is_named(string fault)
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => Fail(fault))).Assets.ListAllAsync(Service, Cancellation)
        );

        Assert.Equal($"Asset.List of Assets of Service {Service} at api.test: {failure.Reason}", failure.Message);
    }

    [Fact]
    public async Task Only_a_missing_resource_returns_null()
    {
        Assert.Null(await CreateClient(new StubHandler(_ => Fail("404"))).Services.FindAsync("name", Cancellation));
        Assert.Null(
            await CreateClient(new StubHandler(_ => Fail("404")))
                .Builds.FindAsync(Service, TestSid.From("ZB1"), Cancellation)
        );
        Assert.Null(
            await CreateClient(new StubHandler(_ => Fail("404")))
                .AssetVersions.FindAsync(Service, TestSid.From("ZH1"), TestSid.From("ZN1"), Cancellation)
        );
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => Fail("403"))).Services.FindAsync("name", Cancellation)
        );
    }

    [Fact]
    public async Task Every_request_identifies_the_client()
    {
        var handler = new StubHandler(_ => StubHandler.Json(AssetJson));
        await CreateClient(handler).Assets.CreateAsync(Service, "/a.txt", Cancellation);
        var headers = Assert.Single(handler.Requests).Headers;
        Assert.Equal($"Serverless.Assets.Build/{ServerlessClientOptions.Version}", headers.UserAgent.ToString());
        Assert.Equal("application/json", headers.Accept.ToString());
        Assert.Equal(TestSettings.CreateClientOptions(handler).Credentials!.ToHeader(), headers.Authorization);
    }

    private static string Build(string visibility, string status) =>
        $$"""{ "sid": "ZB00000000000000000000000000000001", "status": "{{status}}", "asset_versions": [ { "sid": "ZN00000000000000000000000000000001", "path": "/a", "visibility": "{{visibility}}" } ], "runtime": "node22" }""";

    private async Task<ServerlessApiException> FailAsync(Func<HttpResponseMessage> answer) =>
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => answer())).Assets.CreateAsync(Service, "/a.txt", Cancellation)
        );
}
