using System.Diagnostics;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Telemetry;

/// <summary>Records one operation as a span that contains those of its requests, and notifies the observer.</summary>
internal sealed class OperationTelemetry : IDisposable
{
    private readonly string _operation;
    private readonly EngineContext _context;
    private readonly long _started;
    private readonly Activity? _activity;

    private OperationTelemetry(string operation, EngineContext context, Activity? activity)
    {
        _operation = operation;
        _context = context;
        _started = context.Clock.GetTimestamp();
        _activity = activity;
    }

    /// <param name="operation">Such as <c>upload</c>.</param>
    public static OperationTelemetry Start(string operation, ValidatedServiceSettings settings, EngineContext context)
    {
        var activity = ClientTelemetry.Source.HasListeners()
            ? ClientTelemetry.Source.StartActivity(
                operation,
                ActivityKind.Internal,
                FindParent(context.GetEnvironmentVariable)
            )
            : null;
        activity?.SetTag(TelemetryNames.Service, settings.ServiceSidOrName);
        return new OperationTelemetry(operation, context, activity);
    }

    public void OnFailed(Exception failure)
    {
        _activity?.SetTag(
            TelemetryNames.ErrorType,
            failure switch
            {
                AssetException { Diagnostics: [var first, ..] } => first.Code,
                OperationCanceledException => "canceled",
                _ => failure.GetType().FullName,
            }
        );
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        _context.Observer?.OnOperationEnded(_operation, _started, _context.Clock.GetTimestamp());
        _activity?.Dispose();
    }

    /// <summary>
    /// Finds the span of the CI step in the W3C trace context variables, unless this process already has a span.
    /// </summary>
    private static ActivityContext FindParent(Func<string, string?> environment) =>
        Activity.Current is null
        && ActivityContext.TryParse(
            environment("TRACEPARENT"),
            environment("TRACESTATE"),
            isRemote: true,
            out var parent
        )
            ? parent
            : default;
}
