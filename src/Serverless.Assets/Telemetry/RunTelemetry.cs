using System.Diagnostics;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Telemetry;

/// <summary>What is told of one run against the service: the span that those of its requests are in, and a phase of the report's timeline.</summary>
internal sealed class RunTelemetry : IDisposable
{
    private readonly string _operation;
    private readonly RequestLog? _log;
    private readonly TimeSpan _started;
    private readonly Activity? _activity;

    private RunTelemetry(string operation, RequestLog? log, Activity? activity)
    {
        _operation = operation;
        _log = log;
        _started = log?.Now ?? TimeSpan.Zero;
        _activity = activity;
    }

    /// <param name="operation">What is done: <c>upload</c>.</param>
    public static RunTelemetry Start(string operation, SettingValues settings, EngineContext context)
    {
        var activity = ClientTelemetry.Source.HasListeners()
            ? ClientTelemetry.Source.StartActivity(operation, ActivityKind.Internal, ParentIn(context.Environment))
            : null;
        activity?.SetTag(
            TelemetryNames.Service,
            settings.Get(SettingTable.ServiceSid) is { Length: > 0 } sid ? sid : settings.Get(SettingTable.ServiceName)
        );
        return new RunTelemetry(operation, context.Recorder?.Requests, activity);
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
        _log?.Add(new RunPhase(_operation, _started, _log.Now));
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
