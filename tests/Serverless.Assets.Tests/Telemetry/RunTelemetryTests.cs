using System.Collections.Concurrent;
using System.Diagnostics;
using Serverless.Assets.Client;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Tests.Telemetry;

/// <summary>The span and the metrics of a whole run.</summary>
[Collection(typeof(ListeningAlone))]
public sealed class RunTelemetryTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task All_requests_of_an_upload_are_in_its_span_and_are_as_many_as_the_service_was_sent()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(40);
        service.Emulator.Faults = new EmulatorFaults
        {
            Rate500 = 0.1,
            AllowedConcurrency = 5,
            LatencyMs = 5,
        };
        using var listener = new TelemetryListener();
        await service.UploadAsync();

        var root = Assert.Single(listener.Spans, span => span.Kind == ActivityKind.Internal);
        Assert.Equal(
            ("upload", null, default, EngineWorkbench.ServiceName),
            (root.DisplayName, root.ParentId, root.ParentSpanId, root.GetTagItem("serverless_assets.service"))
        );
        var requests = listener.Spans.Where(span => span.Kind == ActivityKind.Client).ToList();
        Assert.All(requests, span => Assert.Equal(root.SpanId, span.ParentSpanId));
        Assert.Equal(
            await service.Emulator.CountRequestsAsync(),
            requests
                .GroupBy(span => (string)span.GetTagItem("serverless_assets.operation")!)
                .ToDictionary(group => group.Key, group => group.Count())
        );
        var faults = await service.Emulator.CountFaultsAsync();
        Assert.True(faults["429"] > 0 && faults["500"] > 0, "the test has none of the faults that it is about");
        Assert.Equal((faults["429"], faults["500"]), (WithStatus(429), WithStatus(500)));

        Assert.Equal(
            requests.Count,
            listener.Measured.Count(measured => measured.Name == "http.client.request.duration")
        );
        Assert.Equal(0, Sum("http.client.active_requests"));
        Assert.All(
            listener.Measured.Where(measured => measured.Name == "serverless_assets.assets"),
            measured => Assert.Equal((1, "serverless_assets.asset.status=uploaded"), (measured.Value, measured.Tags))
        );
        Assert.Equal(40, Sum("serverless_assets.assets"));
        Assert.True(
            Sum("serverless_assets.content.sent")
                >= Directory.GetFiles(service.PathOf("assets/f")).Sum(file => new FileInfo(file).Length),
            "content is missing"
        );
        Assert.Contains(
            listener.Measured,
            measured => measured.Name == "serverless_assets.concurrency.limit" && measured.Value is > 0 and < 8
        );

        int WithStatus(int status) =>
            requests.Count(span => Equals(span.GetTagItem("http.response.status_code"), status));
        double Sum(string name) =>
            listener.Measured.Where(measured => measured.Name == name).Sum(measured => measured.Value);
    }

    [Fact]
    public async Task A_run_that_fails_has_the_code_of_its_first_error()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(3);
        service.Emulator.Faults = new EmulatorFaults { RejectPathContains = "/f/1", RejectStatus = 403 };
        using var listener = new TelemetryListener();
        await Assert.ThrowsAsync<Serverless.Assets.Diagnostics.AssetException>(service.UploadAsync);
        var root = Assert.Single(listener.Spans, span => span.Kind == ActivityKind.Internal);
        Assert.Equal(("SAB3006", ActivityStatusCode.Error), (root.GetTagItem("error.type"), root.Status));
        Assert.Equal(
            [
                "serverless_assets.asset.status=failed",
                "serverless_assets.asset.status=uploaded",
                "serverless_assets.asset.status=uploaded",
            ],
            listener
                .Measured.Where(measured => measured.Name == "serverless_assets.assets")
                .Select(measured => measured.Tags)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_run_is_part_of_the_step_that_the_environment_names()
    {
        using var listener = new TelemetryListener();
        Run(FakeEnvironment.From(("TRACEPARENT", Parent), ("TRACESTATE", "ci=1")));
        var span = Assert.Single(listener.Spans);
        Assert.Equal(
            ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "ci=1"),
            (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString(), span.TraceStateString)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("not one")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-00")]
    public void An_invalid_trace_context_is_not_a_parent(string variable)
    {
        using var listener = new TelemetryListener();
        Run(FakeEnvironment.From(("TRACEPARENT", variable)));
        Assert.Null(Assert.Single(listener.Spans).ParentId);
    }

    [Fact]
    public void The_current_activity_takes_precedence_over_the_environment_variable()
    {
        using var listener = new TelemetryListener();
        using var outer = new Activity("outer").Start();
        Run(FakeEnvironment.From(("TRACEPARENT", Parent)));
        Assert.Equal(outer.SpanId, Assert.Single(listener.Spans).ParentSpanId);
    }

    [Fact]
    public async Task Two_runs_at_once_keep_their_requests_apart()
    {
        await using var first = await EngineWorkbench.StartAsync();
        await using var second = await EngineWorkbench.StartAsync();
        first.WriteFiles(10);
        second.WriteFiles(20);
        var (one, two) = (new CountingObserver(), new CountingObserver());
        (first.Observer, second.Observer) = (one, two);
        await Task.WhenAll(first.UploadAsync(), second.UploadAsync());
        Assert.Equal((await first.Emulator.CountRequestsAsync()).Values.Sum(), one.Attempts.Count);
        Assert.Equal((await second.Emulator.CountRequestsAsync()).Values.Sum(), two.Attempts.Count);
        Assert.Equal(["upload"], one.Operations);
    }

    private sealed class CountingObserver : IOperationObserver
    {
        public ConcurrentQueue<RequestAttempt> Attempts { get; } = [];

        public ConcurrentQueue<string> Operations { get; } = [];

        public void OnAttemptEnded(RequestAttempt attempt) => Attempts.Enqueue(attempt);

        public void OnOperationEnded(string operation, long started, long ended) => Operations.Enqueue(operation);
    }

    private static void Run(Func<string, string?> environment)
    {
        var host = new EngineContext { Logger = new RecordingLogger(), GetEnvironmentVariable = environment };
        OperationTelemetry.Start("upload", TestSettings.Options, host).Dispose();
    }
}

/// <summary>
/// The collection of tests that listen to the spans and metrics of the whole process, so that no other test runs at the
/// same time.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class ListeningAlone;
