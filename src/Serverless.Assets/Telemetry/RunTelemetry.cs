using System.Diagnostics;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Telemetry;

/// <summary>Telemetry of one run: a span that contains those of its requests, and a phase for the observer.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private readonly string _operation;
    private readonly IRunObserver? _observer;
    private readonly TimeSpan _started;
    private readonly Activity? _activity;

    private RunTelemetry(string operation, IRunObserver? observer, Activity? activity)
    {
        _operation = operation;
        _observer = observer;
        _started = observer?.Elapsed ?? TimeSpan.Zero;
        _activity = activity;
    }

    /// <param name="operation">What is done: <c>upload</c>.</param>
    public static RunTelemetry Start(string operation, ServiceSettings settings, EngineContext context)
    {
        var activity = AssetTelemetry.Source.HasListeners()
            ? AssetTelemetry.Source.StartActivity(operation, ActivityKind.Internal, ParentIn(context.Environment))
            : null;
        activity?.SetTag(
            TelemetryNames.Service,
            settings.ServiceSid is { Length: > 0 } sid ? sid : settings.ServiceName
        );
        return new RunTelemetry(operation, context.Observer, activity);
    }

    public void OnFailed(Exception failure)
    {
        _activity?.SetTag(
            TelemetryNames.ErrorType,
            failure switch
            {
                AssetException { Diagnostics: [var first, ..] } => first.Code,
                OperationCanceledException => "cancelled",
                _ => failure.GetType().FullName,
            }
        );
        _activity?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        _observer?.OnPhase(new RunPhase(_operation, _started, _observer.Elapsed));
        _activity?.Dispose();
    }

    /// <summary>What CI systems say of the step that the run is part of, in the variables of W3C's trace context; what this process does already comes first.</summary>
    private static ActivityContext ParentIn(Func<string, string?> environment) =>
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
