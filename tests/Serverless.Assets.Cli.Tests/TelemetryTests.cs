using System.Net;
using System.Net.Sockets;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

/// <summary>Traces and metrics of the built program, as a collector gets them.</summary>
public sealed class TelemetryTests
{
    private const int Files = 40;

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task An_upload_sends_a_trace_of_its_requests_and_metrics_that_agree_with_the_service(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver, protocol);
        await bench.Emulator.ResetStatsAsync();

        await RunUploadAsync(bench);

        var requests = await bench.Emulator.CountRequestsAsync();
        var faults = await bench.Emulator.CountFaultsAsync();
        Assert.True(faults["429"] > 0 && faults["500"] > 0, "the test has none of the faults that it is about");

        // The trace.
        var root = Assert.Single(receiver.Spans, span => span.Kind == 1);
        Assert.Equal(
            ("upload", "", 0, "site"),
            (root.Name, root.Parent, root.Status, root.Attributes["serverless_assets.service"])
        );
        var sent = receiver.Spans.Where(span => span.Kind == 3).ToList();
        Assert.All(sent, span => Assert.Equal((root.TraceId, root.SpanId), (span.TraceId, span.Parent)));
        Assert.Equal(
            requests,
            sent.GroupBy(span => span.Attributes["serverless_assets.operation"])
                .ToDictionary(group => group.Key, group => group.Count())
        );
        Assert.Equal(
            faults["429"],
            sent.Count(span =>
                span.Attributes["http.response.status_code"] == "429"
                && span.Attributes["error.type"] == "429"
                && span.Status == 2
            )
        );
        Assert.Equal(faults["500"], sent.Count(span => span.Attributes["http.response.status_code"] == "500"));
        Assert.Contains(sent, span => span.Attributes.GetValueOrDefault("http.request.resend_count") == "1");
        Assert.All(
            sent,
            span =>
                Assert.StartsWith(
                    bench.Emulator.Url + "/v1/Services",
                    span.Attributes["url.full"],
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(
            "POST /v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions",
            Assert.Single(
                sent.Where(span => span.Attributes["serverless_assets.operation"] == "AssetVersion.Create")
                    .Select(span => span.Name)
                    .Distinct()
            )
        );

        // The metrics.
        var durations = receiver.Points.Where(point => point.Metric == "http.client.request.duration").ToList();
        Assert.Equal(sent.Count, durations.Sum(point => point.Value));
        Assert.All(durations, point => Assert.Equal("s", point.Unit));
        Assert.All(
            durations,
            point =>
                Assert.Equal([0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10], point.Bounds)
        );
        Assert.Equal(
            faults["429"],
            durations.Where(point => point.Attributes["http.response.status_code"] == "429").Sum(point => point.Value)
        );
        Assert.All(
            receiver.Points.Where(point => point.Metric == "http.client.active_requests"),
            point => Assert.Equal(0, point.Value)
        );
        var assets = Assert.Single(receiver.Points, point => point.Metric == "serverless_assets.assets");
        Assert.Equal(
            (Files, "uploaded", "{asset}"),
            (assets.Value, assets.Attributes["serverless_assets.asset.status"], assets.Unit)
        );
        Assert.True(
            Assert.Single(receiver.Points, point => point.Metric == "serverless_assets.content.sent").Value >= Files,
            "content is missing"
        );
        Assert.InRange(
            Assert.Single(receiver.Points, point => point.Metric == "serverless_assets.concurrency.limit").Value,
            1,
            7
        );
    }

    [Fact]
    public async Task The_standard_variables_name_the_sender_and_the_step_that_it_is_part_of()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment["TRACEPARENT"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        bench.Environment["OTEL_SERVICE_NAME"] = "site-of-ours";
        bench.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test";
        bench.Environment["OTEL_METRICS_EXPORTER"] = "none";

        await RunUploadAsync(bench);

        Assert.Equal(["/v1/traces"], receiver.Paths.Distinct());
        var root = Assert.Single(receiver.Spans, span => span.Kind == 1);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (root.TraceId, root.Parent));
        Assert.All(
            receiver.Resources,
            resource =>
                Assert.Equal(
                    ("site-of-ours", "test"),
                    (resource["service.name"], resource["deployment.environment.name"])
                )
        );
    }

    [Fact]
    public async Task Without_a_name_of_its_own_the_sender_is_the_tool()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);

        await RunUploadAsync(bench);

        Assert.Equal(["/v1/metrics", "/v1/traces"], receiver.Paths.Distinct());
        Assert.All(receiver.Resources, resource => Assert.Equal("serverless-assets", resource["service.name"]));
    }

    [Fact]
    public async Task An_endpoint_for_traces_only_gets_no_metrics()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        bench.Environment.Remove("OTEL_EXPORTER_OTLP_PROTOCOL");
        bench.Environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{receiver.HttpUrl}/own/trace";
        bench.Environment["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "http/protobuf";

        await RunUploadAsync(bench);

        Assert.Equal(["/own/trace"], receiver.Paths.Distinct()); // a run of more than 5 s sends its spans in parts
    }

    [Fact]
    public async Task OTEL_SDK_DISABLED_sends_nothing()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment["OTEL_SDK_DISABLED"] = "TRUE";

        await RunUploadAsync(bench);

        Assert.Empty(receiver.Paths);
    }

    [Fact]
    public async Task A_run_that_fails_sends_its_trace_too()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Emulator.Faults = new EmulatorFaults { RejectPathContains = "/1.txt", RejectStatus = 403 };
        using var program = bench.Start(bench.Arguments("upload", "--quiet"));

        var run = await program.EndAsync();

        Assert.Equal((1, "SAB3006"), (run.ExitCode, Assert.Single(run.Codes)));
        var root = Assert.Single(receiver.Spans, span => span.Kind == 1);
        Assert.Equal((2, "SAB3006"), (root.Status, root.Attributes["error.type"]));
        Assert.Equal(
            [$"failed 1", $"uploaded {Files - 1}"],
            receiver
                .Points.Where(point => point.Metric == "serverless_assets.assets")
                .Select(point => $"{point.Attributes["serverless_assets.asset.status"]} {point.Value}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task A_collector_that_is_not_there_is_one_warning(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver, protocol);
        await receiver.DisposeAsync();

        await WarnedAsync(bench, "(127.0.0.1:");
    }

    [Fact]
    public async Task A_collector_that_rejects_telemetry_causes_one_warning()
    {
        await using var receiver = await OtlpReceiver.StartAsync(HttpStatusCode.Unauthorized);
        await using var bench = await BenchAsync(receiver);

        await WarnedAsync(bench, "Response status code does not indicate success: 401 (Unauthorized)");
    }

    /// <summary>It takes connections and nothing more, as a listener's queue does.</summary>
    [Fact]
    public async Task A_collector_that_never_responds_does_not_block_the_run_forever()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{listener.LocalEndpoint}";
        bench.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "3600000";

        await WarnedAsync(bench, "it did not respond within 5 seconds");
    }

    [Fact]
    public async Task An_endpoint_that_is_not_an_address_causes_one_warning()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector";

        await WarnedAsync(bench, "'OTEL_EXPORTER_OTLP_ENDPOINT': it is not an address such as http://host:port");
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")]
    public async Task A_warning_names_the_variable_that_is_not_an_address(string variable)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment[variable] = "collector";

        await WarnedAsync(bench, $"'{variable}': it is not an address such as http://host:port");
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "gRPC")]
    public async Task Another_protocol_is_a_warning(string variable, string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment[variable] = protocol;

        await WarnedAsync(bench, $"the protocol '{protocol}' is not supported: expected grpc or http/protobuf");
    }

    /// <summary>Such variables are set for a whole organisation: the run is done all the same.</summary>
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "garbage")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "0")]
    public async Task A_setting_that_OpenTelemetry_refuses_is_one_warning(string variable, string value)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment[variable] = value;

        await WarnedAsync(bench, "the OTEL_EXPORTER_OTLP_… variables are not valid");
    }

    [Theory]
    [InlineData("http://user:s3cr3tpw@127.0.0.1:9/v1?api-key=s3cr3tpw")]
    [InlineData("collector?api-key=s3cr3tpw")]
    public async Task A_secret_in_the_endpoint_is_not_shown(string endpoint)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);
        bench.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;

        using var program = bench.Start(bench.Arguments("upload", "--quiet"));
        var run = await program.EndAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("SAB3011", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3tpw", string.Join('\n', run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_is_sent_to_no_collector()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bench = await BenchAsync(receiver);

        await RunUploadAsync(bench);

        var told = receiver
            .Spans.SelectMany(span => span.Attributes)
            .Concat(receiver.Points.SelectMany(point => point.Attributes))
            .Concat(receiver.Resources.SelectMany(resource => resource))
            .ToList();
        Assert.True(told.Count > Files);
        string[] secrets =
        [
            Workbench.Secret,
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Workbench.User}:{Workbench.Secret}")),
            "Authorization",
        ];
        Assert.All(
            told,
            pair =>
                Assert.DoesNotContain(secrets, secret => $"{pair}".Contains(secret, StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public async Task Without_a_collector_nothing_of_OpenTelemetry_is_loaded()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");

        Assert.Equal(0, (await bench.RunAsync("upload")).ExitCode);

        Assert.DoesNotContain(
            AppDomain.CurrentDomain.GetAssemblies(),
            assembly => assembly.GetName().Name!.StartsWith("OpenTelemetry", StringComparison.Ordinal)
        );
    }

    private static async Task<Workbench> BenchAsync(OtlpReceiver receiver, string protocol = "http/protobuf")
    {
        var bench = await Workbench.StartAsync(
            new EmulatorFaults
            {
                Rate500 = 0.1,
                AllowedConcurrency = 4,
                LatencyMs = 10,
            }
        );
        for (var i = 0; i < Files; i++)
        {
            bench.Write($"assets/{i}.txt", $"content {i}");
        }

        bench.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = protocol == "grpc" ? receiver.GrpcUrl : receiver.HttpUrl;
        bench.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
        return bench;
    }

    private static async Task RunUploadAsync(Workbench bench)
    {
        using var program = bench.Start(bench.Arguments("upload", "--quiet"));
        (await program.EndAsync()).SucceededSilently();
    }

    private static async Task WarnedAsync(Workbench bench, string reason)
    {
        using var program = bench.Start(bench.Arguments("upload", "--quiet"));
        var run = await program.EndAsync();
        Assert.Equal(0, run.ExitCode);
        var warning = Assert.Single(run.ErrorLines);
        Assert.StartsWith(
            "warning SAB3011: Some traces and metrics were not sent to the collector",
            warning,
            StringComparison.Ordinal
        );
        Assert.Contains(reason, warning, StringComparison.Ordinal);
        Assert.True(File.Exists(bench.ManifestPath));
    }
}
