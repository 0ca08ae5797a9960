using System.Text;

namespace Serverless.Assets.Client;

/// <summary>Records one request and its successive attempts.</summary>
internal sealed class RequestTelemetry
{
    private readonly ApiRequest _request;
    private readonly IReadOnlyList<IRequestObserver> _observers;
    private readonly TimeProvider _clock;
    private int _attempts;

    private RequestTelemetry(ApiRequest request, ConnectionSettings settings)
    {
        _request = request;
        _observers = settings.Observers;
        _clock = settings.Clock;
    }

    /// <returns>Null if there is no listener.</returns>
    public static RequestTelemetry? Create(ApiRequest request, ConnectionSettings settings) =>
        settings.Observers.Count > 0 || ClientTelemetry.HasRequestListeners
            ? new RequestTelemetry(request, settings)
            : null;

    /// <summary>Call before an attempt waits for the limit on requests in flight.</summary>
    public AttemptTelemetry StartAttempt() => new(_request, _attempts++, _observers, _clock);

    /// <summary>
    /// Replaces the SIDs in an address with placeholders: <c>/v1/Services/ZS…/Assets/ZH…/Versions</c> becomes
    /// <c>/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions</c>, because collections and the SIDs of their members
    /// alternate.
    /// </summary>
    public static string GetTemplate(Uri address)
    {
        var segments = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var template = new StringBuilder();
        for (var i = 0; i < segments.Length; i++)
        {
            var isMember = i > 0 && i % 2 == 0;
            template.Append('/').Append(isMember ? $"{{{segments[i - 1].TrimEnd('s')}Sid}}" : segments[i]);
        }

        return template.ToString();
    }
}

/// <summary>Observes every attempt of every request. Implementations must be thread-safe.</summary>
internal interface IRequestObserver
{
    void OnAttemptEnded(RequestAttempt attempt);
}

/// <summary>A finished attempt of a request.</summary>
/// <param name="Resends">The number of earlier attempts.</param>
/// <param name="Queued">The timestamp at which it began to wait for the limit on requests in flight.</param>
/// <param name="Started">The timestamp at which it was allowed to start.</param>
/// <param name="Ended">The timestamp at which it ended.</param>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="RequestId"><c>RQ…</c></param>
/// <param name="Failure">The error message; null if it succeeded.</param>
/// <param name="ErrorType">The status, or the kind of failure, such as <c>timeout</c>; null if it succeeded.</param>
/// <param name="InFlight">The number of requests in flight when it started, including this one.</param>
/// <param name="Limit">The limit on requests in flight when it started.</param>
/// <param name="LimitAfter">The limit on requests in flight when it ended.</param>
/// <param name="BodySize">The size of its body in bytes.</param>
internal sealed record RequestAttempt(
    ApiRequest Request,
    int Resends,
    long Queued,
    long Started,
    long Ended,
    int? Status,
    string? RequestId,
    Exception? Failure,
    string? ErrorType,
    int InFlight,
    int Limit,
    int LimitAfter,
    long BodySize
);
