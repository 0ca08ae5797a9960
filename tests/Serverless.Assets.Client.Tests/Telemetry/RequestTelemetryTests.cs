using System.Diagnostics;
using System.Net;
using System.Text;

// A listener receives the spans and metrics of the whole process, so no other test may run at the same time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Serverless.Assets.Client.Tests.Telemetry;

/// <summary>Spans and metrics of requests, which follow OpenTelemetry's conventions for HTTP clients.</summary>
public sealed class RequestTelemetryTests : ClientTest
{
    private const string StatusJson = """{ "sid": "ZB00000000000000000000000000000001", "status": "building" }""";

    [Fact]
    public async Task Each_attempt_is_a_span_by_the_convention()
    {
        using var listener = new TelemetryListener();
        var answers = new Queue<string>(["429", "cut"]);
        var handler = new StubHandler(_ =>
        {
            var answer = answers.TryDequeue(out var failure)
                ? Fail(failure)
                : StubHandler.Json(
                    """{ "sid": "ZN00000000000000000000000000000001", "path": "/a", "visibility": "public" }""",
                    HttpStatusCode.Created
                );
            answer.Headers.Add("Twilio-Request-Id", $"RQ{answers.Count}");
            answer.Version = HttpVersion.Version20;
            return answer;
        });
        await CreateClient(handler)
            .AssetVersions.CreateAsync(
                Service,
                TestSid.From("ZH1"),
                "/a",
                Visibility.Public,
                AssetContent.FromBytes(Encoding.UTF8.GetBytes("12345")),
                Cancellation
            );

        string[] request = ["http.request.body.size=441", "http.request.method=POST"];
        string[] address =
        [
            "server.address=upload.test",
            "server.port=443",
            "serverless_assets.operation=AssetVersion.Create",
            "serverless_assets.subject=Asset Version /a",
            "serverless_assets.wait.duration=0",
            $"url.full=https://upload.test/v1/Services/{Service}/Assets/ZH00000000000000000000000000000001/Versions",
            "url.template=/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions",
        ];
        Assert.Equal(3, listener.Spans.Count);
        Assert.All(
            listener.Spans,
            span =>
                Assert.Equal(
                    ("POST /v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions", ActivityKind.Client),
                    (span.DisplayName, span.Kind)
                )
        );
        Assert.Equal(
            [
                "error.type=429",
                .. request,
                "http.response.header.twilio-request-id=[RQ1]",
                "http.response.status_code=429",
                "network.protocol.version=2",
                .. address,
            ],
            TelemetryListener.TagsOf(listener.Spans[0])
        );
        Assert.Equal(
            ["error.type=response_ended", .. request, "http.request.resend_count=1", .. address],
            TelemetryListener.TagsOf(listener.Spans[1])
        );
        Assert.Equal(
            [
                .. request,
                "http.request.resend_count=2",
                "http.response.header.twilio-request-id=[RQ0]",
                "http.response.status_code=201",
                "network.protocol.version=2",
                .. address,
            ],
            TelemetryListener.TagsOf(listener.Spans[2])
        );
        Assert.Equal(
            [ActivityStatusCode.Error, ActivityStatusCode.Error, ActivityStatusCode.Unset],
            listener.Spans.Select(span => span.Status)
        );
    }

    [Theory]
    [InlineData("500", "500")]
    [InlineData("302", "302")]
    [InlineData("refused", "connection_error")]
    [InlineData("name", "name_resolution_error")]
    [InlineData("tls-by-kind", "secure_connection_error")]
    [InlineData("json", "invalid_response")]
    [InlineData("gzip", "System.IO.InvalidDataException")]
    public async Task A_failure_has_a_type_of_few_values(string failure, string type)
    {
        using var listener = new TelemetryListener();
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => Fail(failure))).Assets.CreateAsync(Service, "/a", Cancellation)
        );
        Assert.Equal([type], listener.Spans.Select(span => span.GetTagItem("error.type")).Distinct());
        Assert.Equal(
            [$"error.type={type}"],
            listener
                .Measured.Where(measured => measured.Name == "http.client.request.duration")
                .Select(measured => measured.Tags.Split(' ')[0])
                .Distinct()
        );
    }

    [Fact]
    public async Task Metrics_count_and_time_each_attempt()
    {
        using var listener = new TelemetryListener();
        await CreateClient(Failing("503", 1, StatusJson))
            .Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation);

        const string Address = "server.address=api.test server.port=443";
        const string Template = "url.template=/v1/Services/{ServiceSid}/Builds/{BuildSid}/Status";
        Assert.Equal(
            [
                ("http.client.active_requests", 1, $"http.request.method=GET {Address} url.scheme=https"),
                ("serverless_assets.concurrency.limit", 8, ""),
                ("http.client.active_requests", -1, $"http.request.method=GET {Address} url.scheme=https"),
                ("serverless_assets.concurrency.limit", 8, ""),
                (
                    "http.client.request.duration",
                    0,
                    $"error.type=503 http.request.method=GET http.response.status_code=503 network.protocol.version=1.1 {Address} url.scheme=https {Template}"
                ),
                ("http.client.active_requests", 1, $"http.request.method=GET {Address} url.scheme=https"),
                ("serverless_assets.concurrency.limit", 8, ""),
                ("http.client.active_requests", -1, $"http.request.method=GET {Address} url.scheme=https"),
                ("serverless_assets.concurrency.limit", 8, ""),
                (
                    "http.client.request.duration",
                    0,
                    $"http.request.method=GET http.response.status_code=200 network.protocol.version=1.1 {Address} url.scheme=https {Template}"
                ),
            ],
            listener.Measured
        );
    }

    [Fact]
    public async Task A_request_that_the_caller_abandons_is_reported_as_canceled()
    {
        using var listener = new TelemetryListener();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var handler = CancelWhileSending(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CreateClient(handler).Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), stop.Token)
        );
        Assert.Equal("canceled", Assert.Single(listener.Spans).GetTagItem("error.type"));
        Assert.Equal(
            0,
            listener
                .Measured.Where(measured => measured.Name == "http.client.active_requests")
                .Sum(measured => measured.Value)
        );
    }

    [Fact]
    public async Task The_credentials_are_in_no_span_and_no_metric()
    {
        using var listener = new TelemetryListener();
        await CreateClient(Failing("429", 2, StatusJson))
            .Builds.FetchStatusAsync(Service, TestSid.From("ZB1"), Cancellation);
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(new StubHandler(_ => Fail("401"))).Assets.CreateAsync(Service, "/a", Cancellation)
        );
        string[] secrets =
        [
            TestSettings.Secret,
            Convert.ToBase64String(
                System.Text.Encoding.UTF8.GetBytes($"{TestSettings.AccountSid}:{TestSettings.Secret}")
            ),
            "Authorization",
            "Basic",
        ];
        var reported = listener
            .Spans.SelectMany(span => TelemetryListener.TagsOf(span).Append(span.DisplayName))
            .Concat(listener.Measured.Select(measured => measured.Tags))
            .ToList();
        Assert.True(reported.Count > 40);
        Assert.All(
            reported,
            text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public void Nothing_is_measured_and_nothing_allocated_when_nobody_listens()
    {
        var request = ApiRequest.Get(
            ApiOperation.FetchService,
            new Uri("https://api.test/v1/Services/ZS00000000000000000000000000000001"),
            "Service ZS00000000000000000000000000000001"
        );
        using var handler = new StubHandler(_ => Fail("400"));
        var settings = ConnectionSettings.Create(TestSettings.CreateClientOptions(handler));
        Assert.Null(RequestTelemetry.Create(request, settings));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            RequestTelemetry.Create(request, settings);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("https://api.test/v1/Services", "/v1/Services")]
    [InlineData("https://api.test/v1/Services/my-name", "/v1/Services/{ServiceSid}")]
    [InlineData(
        "https://api.test/v1/Services/ZS00000000000000000000000000000001/Environments/ZE00000000000000000000000000000001/Deployments?PageSize=1000&Page=2",
        "/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Deployments"
    )]
    public void An_address_has_a_template_without_what_differs(string address, string template) =>
        Assert.Equal(template, RequestTelemetry.GetTemplate(new Uri(address)));
}
