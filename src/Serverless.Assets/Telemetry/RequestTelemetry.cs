using Serverless.Assets.Api;
using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Telemetry;

/// <summary>What is told of one request over all its attempts. One after the other: an attempt begins when the one before has ended.</summary>
internal sealed class RequestTelemetry
{
    private readonly ApiRequest _request;
    private readonly RequestLog? _log;
    private readonly TimeProvider _clock;
    private int _attempts;

    private RequestTelemetry(ApiRequest request, RequestLog? log, TimeProvider clock)
    {
        _request = request;
        _log = log;
        _clock = clock;
    }

    /// <returns>Null when nobody wants to know: then nothing is measured.</returns>
    public static RequestTelemetry? Of(ApiRequest request, EngineContext context)
    {
        var log = context.Recorder?.Requests;
        return log is not null || AssetTelemetry.WantsRequests
            ? new RequestTelemetry(request, log, context.Clock)
            : null;
    }

    /// <summary>An attempt is about to wait for its place.</summary>
    public AttemptTelemetry StartAttempt() => new(_request, _attempts++, _log, _clock);
}
