using System.Text;

namespace Serverless.Assets.Client;

/// <summary>Observes one request over all its attempts, which follow one another.</summary>
internal sealed class RequestTelemetry
{
    private readonly ApiRequest _request;
    private readonly IReadOnlyList<IRequestObserver> _observers;
    private readonly TimeProvider _clock;
    private int _attempts;

    private RequestTelemetry(ApiRequest request, ServerlessClientOptions options)
    {
        _request = request;
        _observers = options.Observers;
        _clock = options.Clock;
    }

    /// <returns>Null when nothing listens: then nothing is measured.</returns>
    public static RequestTelemetry? Create(ApiRequest request, ServerlessClientOptions options) =>
        options.Observers.Count > 0 || ClientTelemetry.HasRequestListeners
            ? new RequestTelemetry(request, options)
            : null;

    /// <summary>An attempt is about to wait for a place among the requests in flight.</summary>
    public AttemptTelemetry StartAttempt() => new(_request, _attempts++, _observers, _clock);

    /// <summary>
    /// An address with placeholders for what differs from request to request:
    /// <c>/v1/Services/ZS…/Assets/ZH…/Versions</c> becomes <c>/v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions</c>,
    /// because lists and the SIDs of their members alternate.
    /// </summary>
    public static string TemplateOf(Uri address)
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

/// <summary>Is notified of every attempt of every request. Called from several threads at once.</summary>
internal interface IRequestObserver
{
    void OnAttemptEnded(RequestAttempt attempt);
}

/// <summary>One attempt of a request, after its end.</summary>
/// <param name="Resends">Attempts before it.</param>
/// <param name="Queued">Timestamp at which it started to wait for a place among the requests in flight.</param>
/// <param name="Started">Timestamp at which it got its place.</param>
/// <param name="Ended">Timestamp at which it gave up its place.</param>
/// <param name="Status">HTTP status; null: there was no answer.</param>
/// <param name="RequestId"><c>RQ…</c></param>
/// <param name="Failure">Null: it succeeded.</param>
/// <param name="ErrorType">Null: it succeeded; otherwise the status, or the kind of failure: <c>timeout</c>.</param>
/// <param name="InFlight">Requests in flight when it started, including this one.</param>
/// <param name="Limit">The limit on requests in flight when it started.</param>
/// <param name="LimitAfter">The limit on requests in flight when it ended.</param>
/// <param name="BodySize">Bytes of its body.</param>
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
