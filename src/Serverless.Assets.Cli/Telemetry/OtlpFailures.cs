using System.Diagnostics.Tracing;

namespace Serverless.Assets.Cli.Telemetry;

/// <summary>Listens for export errors, which OpenTelemetry reports only through event sources.</summary>
internal sealed class OtlpFailures : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    /// <summary>The events about failed exports. Others log settings, which may contain secrets.</summary>
    private static readonly string[] FailureEvents =
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

    /// <summary>The first line of the first error; null if there was none.</summary>
    public string? First => _first;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <summary>
    /// The last argument of most events is an exception's <c>ToString</c>: its type, message and stack trace.
    /// </summary>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is not { } name || !FailureEvents.Contains(name))
        {
            return;
        }

        var message = eventData
            .Payload?.OfType<string>()
            .LastOrDefault(argument => argument.Length > 0)
            ?.Split('\n')[0]
            .Trim();
        _first ??= string.IsNullOrEmpty(message)
            ? name
            : message[
                (
                    message.IndexOf("Exception: ", StringComparison.Ordinal) is var at and >= 0
                        ? at + "Exception: ".Length
                        : 0
                )..
            ];
    }
}
