using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Assets.Telemetry;

/// <summary>
/// The source of traces and the meter, by OpenTelemetry's semantic conventions for HTTP clients where they have a name.
/// What nobody listens to costs nothing. docs/telemetry.md lists all names.
/// </summary>
public static class AssetTelemetry
{
    /// <summary>Of the source and of the meter: what a listener asks for.</summary>
    public const string Name = "Serverless.Assets";

    /// <summary>Seconds: the boundaries that the convention asks for.</summary>
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

    private static readonly Meter Meter = new(Name, ProductVersion.Number);

    internal static ActivitySource Source { get; } = new(Name, ProductVersion.Number);

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

    /// <summary>By <see cref="TelemetryNames.AssetStatus"/>.</summary>
    internal static Counter<int> Assets { get; } =
        Meter.CreateCounter<int>(
            "serverless_assets.assets",
            "{asset}",
            "Assets that were uploaded, were unchanged, or failed."
        );

    /// <summary>With what was sent again, without the frame around it.</summary>
    internal static Counter<long> ContentSent { get; } =
        Meter.CreateCounter<long>("serverless_assets.content.sent", "By", "Content of files that was sent.");

    internal static Gauge<int> ConcurrencyLimit { get; } =
        Meter.CreateGauge<int>("serverless_assets.concurrency.limit", "{request}", "Requests that may be in flight.");

    /// <summary>Whether anybody listens to what is told of requests.</summary>
    internal static bool WantsRequests =>
        Source.HasListeners() || RequestDuration.Enabled || ActiveRequests.Enabled || ConcurrencyLimit.Enabled;
}
