using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Tests.Telemetry;

public sealed class RequestTracerTests
{
    private const string AssetJson = """{ "sid": "ZH00000000000000000000000000000001", "friendly_name": "/a.txt" }""";

    private readonly RecordingLogger _logger = new();

    [Fact]
    public async Task Every_request_identifies_the_client_and_no_trace_contains_the_secret()
    {
        var headers = (await CreateAssetAsync(StubHandler.Json(AssetJson))).Headers;
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateAssetAsync(StubHandler.Json("{}", HttpStatusCode.BadRequest))
        );

        Assert.Equal($"Serverless.Assets.Build/{ProductVersion.Number}", headers.UserAgent.ToString());
        Assert.Equal("application/json", headers.Accept.ToString());
        Assert.Equal(TestSettings.Options.Credentials.ToHeader(), headers.Authorization);
        const string Address = $"https://api.test/v1/Services/{TestSettings.ServiceSid}/Assets";
        Assert.Equal(
            [
                $"POST {Address} (Asset /a.txt): 200 ",
                $"POST {Address} (Asset /a.txt): 400 ",
                $"POST {Address} (Asset /a.txt) failed: Bad Request (HTTP 400)",
            ],
            _logger.MessagesOf(LogLevel.Trace)
        );
        Assert.DoesNotContain(TestSettings.Secret, _logger.Everything(), StringComparison.Ordinal);
        Assert.DoesNotContain(headers.Authorization!.Parameter!, _logger.Everything(), StringComparison.Ordinal);
    }

    private async Task<StubRequest> CreateAssetAsync(HttpResponseMessage answer)
    {
        var handler = new StubHandler(_ => answer);
        var options = TestSettings.CreateClientOptions(handler);
        options.Observers = [new RequestTracer(_logger)];
        using var client = new ServerlessClient(options);
        await client.Assets.CreateAsync(TestSettings.ServiceSid, "/a.txt", TestContext.Current.CancellationToken);
        return Assert.Single(handler.Requests);
    }
}
