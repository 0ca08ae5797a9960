using Serverless.Assets.Api;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Telemetry;

/// <summary>Telemetry of one request over all its attempts, which never overlap.</summary>
internal sealed class RequestTelemetry
{
    private readonly ApiRequest _request;
    private readonly IRunObserver? _observer;
    private readonly TimeProvider _clock;
    private int _attempts;

    private RequestTelemetry(ApiRequest request, IRunObserver? observer, TimeProvider clock)
    {
        _request = request;
        _observer = observer;
        _clock = clock;
    }

    /// <returns>Null when neither an observer nor a listener wants it.</returns>
    public static RequestTelemetry? Of(ApiRequest request, EngineContext context)
    {
        var observer = context.Observer;
        return observer is not null || AssetTelemetry.WantsRequests
            ? new RequestTelemetry(request, observer, context.Clock)
            : null;
    }

    /// <summary>Call before the attempt waits for its slot.</summary>
    public AttemptTelemetry StartAttempt() => new(_request, _attempts++, _observer, _clock);
}
