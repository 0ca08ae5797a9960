using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Telemetry;

/// <summary>
/// Hosts the OpenTelemetry SDK and its OTLP exporter, which read most settings from the environment themselves.
/// </summary>
internal sealed class OtlpExport : IAsyncDisposable
{
    /// <summary>
    /// Milliseconds to send the remaining telemetry; limits how long an unresponsive collector delays the exit.
    /// </summary>
    private const int FlushTimeout = 5_000;

    private readonly OtlpFailures _failures = new();
    private readonly string _collector;
    private readonly IAssetLogger _logger;
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    /// <param name="traces">The destination of the traces, for messages; null disables them.</param>
    /// <param name="metrics">The destination of the metrics, for messages; null disables them.</param>
    public OtlpExport(
        OtlpEndpoint? traces,
        OtlpEndpoint? metrics,
        Func<string, string?> environment,
        IAssetLogger logger
    )
    {
        _collector = (traces ?? metrics)!.Origin;
        _logger = logger;

        // Comes last, because attributes from the environment take precedence.
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService("serverless-assets", serviceVersion: ProductVersion.Number)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _traces = traces is null
            ? null
            : Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(ClientTelemetry.Name)
                .AddOtlpExporter(options => OtlpSettings.Apply(OtlpSignal.Traces, environment, options))
                .Build();
        _metrics = metrics is null
            ? null
            : Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(ClientTelemetry.Name)
                .AddOtlpExporter(options => OtlpSettings.Apply(OtlpSignal.Metrics, environment, options))
                .Build();
    }

    public async ValueTask DisposeAsync()
    {
        var started = TimeProvider.System.GetTimestamp();

        // In parallel, so that they share the timeout. Each one blocks a thread.
        var ended = await Task.WhenAll(
                Task.Run(() => _traces?.Shutdown(FlushTimeout) ?? true),
                Task.Run(() => _metrics?.Shutdown(FlushTimeout) ?? true)
            )
            .ConfigureAwait(false);

        // The timeout cancels the exporter's requests, which then report their cancellation: report the timeout
        // instead.
        var isOverdue =
            !ended.All(done => done) && TimeProvider.System.GetElapsedTime(started).TotalMilliseconds >= FlushTimeout;
        var reason =
            _failures.First is { } failure && !isOverdue ? failure
            : ended.All(done => done) ? null
            : $"it did not respond within {FlushTimeout / 1000} seconds";
        _failures.Dispose();
        if (reason is not null)
        {
            _logger.Warn(ServiceDiagnostics.TelemetryNotSent(_collector, reason));
        }
    }
}

/// <summary>
/// Applies the variables for a single signal, which take precedence over the common ones. The exporter itself reads
/// only the common ones.
/// </summary>
internal static class OtlpSettings
{
    /// <param name="signal">One of <see cref="OtlpSignal"/>.</param>
    /// <param name="environment">Its protocols are supported.</param>
    public static void Apply(string signal, Func<string, string?> environment, OtlpExporterOptions options)
    {
        if (Own("ENDPOINT") is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint); // used as is: the specification appends no path
        }

        if (Own("PROTOCOL") is { } protocol)
        {
            options.Protocol =
                protocol == OtlpEndpoint.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (Own("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (int.TryParse(Own("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout))
        {
            options.TimeoutMilliseconds = timeout;
        }

        string? Own(string name) =>
            environment($"OTEL_EXPORTER_OTLP_{signal}_{name}") is { Length: > 0 } value ? value : null;
    }
}
