using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Serverless.Assets.Client;

namespace Serverless.Assets.TestSupport;

/// <summary>Records all spans and metrics of the product in this process.</summary>
internal sealed class TelemetryListener : IDisposable
{
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = [];

    public TelemetryListener()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClientTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ClientTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<int>((instrument, value, tags, _) => OnMeasured(instrument, value, tags));
        _metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => OnMeasured(instrument, value, tags));
        _metrics.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => OnMeasured(instrument, value, tags)
        );
        _metrics.Start();
    }

    /// <summary>The spans in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <summary>Instrument, value and sorted attributes (<c>a=1 b=2</c>) of each measurement, in their order.</summary>
    public IReadOnlyList<(string Name, double Value, string Tags)> Measured => [.. _measured];

    /// <summary>The attributes of a span, sorted.</summary>
    public static IReadOnlyList<string> TagsOf(Activity span) =>
        [.. span.TagObjects.Select(tag => $"{tag.Key}={Format(tag.Value)}").Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    private void OnMeasured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var shown = tags.ToArray().Select(tag => $"{tag.Key}={Format(tag.Value)}").Order(StringComparer.Ordinal);
        _measured.Enqueue((instrument.Name, value, string.Join(' ', shown)));
    }

    private static string Format(object? value) =>
        value is string[] list ? $"[{string.Join(',', list)}]" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
