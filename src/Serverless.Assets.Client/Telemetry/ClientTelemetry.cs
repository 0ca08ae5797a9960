using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Assets.Client;

/// <summary>
/// The activity source and the meter. Names follow OpenTelemetry's semantic conventions for HTTP clients where those
/// define one; docs/telemetry.md lists all of them. Without a listener, telemetry costs nothing.
/// </summary>
public static class ClientTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Serverless.Assets";

    /// <summary>Bucket boundaries in seconds, as the convention recommends.</summary>
    private static readonly double[] DurationBuckets =
    [
        0.005,
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.25,
        0.5,
        0.75,
        1,
        2.5,
        5,
        7.5,
        10,
    ];

    internal static ActivitySource Source { get; } = new(Name, ServerlessClientOptions.Version);

    internal static Meter Meter { get; } = new(Name, ServerlessClientOptions.Version);

    internal static Histogram<double> RequestDuration { get; } =
        Meter.CreateHistogram(
            "http.client.request.duration",
            "s",
            "Duration of HTTP client requests.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets }
        );

    internal static UpDownCounter<int> ActiveRequests { get; } =
        Meter.CreateUpDownCounter<int>("http.client.active_requests", "{request}", "Number of active HTTP requests.");

    internal static Gauge<int> ConcurrencyLimit { get; } =
        Meter.CreateGauge<int>("serverless_assets.concurrency.limit", "{request}", "Requests that may be in flight.");

    /// <summary>Whether there is a listener for request telemetry.</summary>
    internal static bool HasRequestListeners =>
        Source.HasListeners() || RequestDuration.Enabled || ActiveRequests.Enabled || ConcurrencyLimit.Enabled;
}

/// <summary>Attribute names, from https://opentelemetry.io/docs/specs/semconv/http/ where that defines one.</summary>
internal static class TelemetryNames
{
    public const string RequestMethod = "http.request.method";
    public const string RequestBodySize = "http.request.body.size";
    public const string ResendCount = "http.request.resend_count";
    public const string ResponseStatus = "http.response.status_code";

    /// <summary>An array of strings, as the convention defines for headers.</summary>
    public const string ResponseRequestId = "http.response.header.twilio-request-id";

    public const string ProtocolVersion = "network.protocol.version";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string UrlFull = "url.full";
    public const string UrlScheme = "url.scheme";
    public const string UrlTemplate = "url.template";

    /// <summary>For a request: the status or the kind of failure. For a run: the code of its first error.</summary>
    public const string ErrorType = "error.type";

    /// <summary>The resource and action, such as <c>AssetVersion.Create</c>.</summary>
    public const string Operation = "serverless_assets.operation";

    /// <summary>The resource of a request, such as <c>Asset Version /css/site.css</c>.</summary>
    public const string Subject = "serverless_assets.subject";

    /// <summary>The seconds that a request waited because of the limit on requests in flight.</summary>
    public const string WaitDuration = "serverless_assets.wait.duration";

    /// <summary>A SID or unique name.</summary>
    public const string Service = "serverless_assets.service";

    /// <summary><c>uploaded</c>, <c>unchanged</c> or <c>failed</c>.</summary>
    public const string AssetStatus = "serverless_assets.asset.status";
}
