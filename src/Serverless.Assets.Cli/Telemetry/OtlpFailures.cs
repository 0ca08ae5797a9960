using System.Diagnostics.Tracing;

namespace Serverless.Assets.Cli.Telemetry;

/// <summary>Hears what OpenTelemetry's exporter has to complain of: it says so nowhere else.</summary>
internal sealed class OtlpFailures : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    /// <summary>Not all of them: others show settings, which may hold secrets.</summary>
    private static readonly string[] Failures =
    [
        "FailedToReachCollector",
        "TransientHttpError",
        "HttpRequestFailed",
        "RequestTimedOut",
        "OperationUnexpectedlyCanceled",
        "GrpcStatusWarning",
        "ExportFailure",
        "ExportMethodException",
    ];

    private volatile string? _first;

    /// <summary>What went wrong first, in its own words, one line; null: nothing.</summary>
    public string? First => _first;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <summary>The last argument of most is an exception as text: its type, its message, and where it happened.</summary>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is not { } name || !Failures.Contains(name))
        {
            return;
        }

        var said = eventData
            .Payload?.OfType<string>()
            .LastOrDefault(argument => argument.Length > 0)
            ?.Split('\n')[0]
            .Trim();
        _first ??= string.IsNullOrEmpty(said)
            ? name
            : said[
                (
                    said.IndexOf("Exception: ", StringComparison.Ordinal) is var at and >= 0
                        ? at + "Exception: ".Length
                        : 0
                )..
            ];
    }
}
