using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Serverless.Assets.Client;

/// <summary>
/// Records one attempt of a request as a span and metrics, and notifies observers. Never records headers.
/// </summary>
/// <param name="resends">The number of earlier attempts.</param>
internal sealed class AttemptTelemetry(
    ApiRequest request,
    int resends,
    IReadOnlyList<IRequestObserver> observers,
    TimeProvider clock
)
{
    private readonly long _queued = clock.GetTimestamp();
    private Activity? _activity;
    private long _started;
    private int _inFlight;
    private int _limit;
    private long _bodySize;
    private Exception? _failure;
    private string? _errorType;

    /// <summary>Call when the attempt may start.</summary>
    /// <param name="inFlight">The number of requests in flight, including this one.</param>
    /// <param name="limit">The limit on requests in flight.</param>
    public void OnStarted(int inFlight, int limit)
    {
        _inFlight = inFlight;
        _limit = limit;
        _started = clock.GetTimestamp();
        ClientTelemetry.ActiveRequests.Add(1, ActiveTags());
        ClientTelemetry.ConcurrencyLimit.Record(limit);
        if (ClientTelemetry.Source.HasListeners())
        {
            _activity = StartActivity();
        }
    }

    /// <summary>Call before the request is sent.</summary>
    public void OnSending(HttpRequestMessage message)
    {
        _bodySize = message.Content?.Headers.ContentLength ?? 0;
        if (message.Content is not null)
        {
            _activity?.SetTag(TelemetryNames.RequestBodySize, _bodySize);
        }
    }

    /// <summary>Call when the attempt failed or was canceled.</summary>
    public void OnFailed(Exception failure)
    {
        _failure = failure;
        _errorType = GetErrorType(failure);
    }

    /// <summary>Call when the attempt no longer counts as in flight.</summary>
    /// <param name="response">Null if no response headers arrived.</param>
    /// <param name="limit">The new limit on requests in flight.</param>
    public void OnEnded(HttpResponseMessage? response, int limit)
    {
        var status = (int?)response?.StatusCode;
        var requestId = response is null ? null : ApiErrors.GetRequestId(response);
        ClientTelemetry.ActiveRequests.Add(-1, ActiveTags());
        ClientTelemetry.ConcurrencyLimit.Record(limit);
        if (ClientTelemetry.RequestDuration.Enabled)
        {
            var seconds = clock.GetElapsedTime(_started).TotalSeconds;
            ClientTelemetry.RequestDuration.Record(seconds, DurationTags(response, status));
        }

        if (observers.Count > 0)
        {
            Notify(status, requestId, limit);
        }

        EndActivity(response, status, requestId);
    }

    private void Notify(int? status, string? requestId, int limit)
    {
        var attempt = new RequestAttempt(
            request,
            resends,
            _queued,
            _started,
            clock.GetTimestamp(),
            status,
            requestId,
            _failure,
            _errorType,
            _inFlight,
            _limit,
            limit,
            _bodySize
        );
        foreach (var observer in observers)
        {
            observer.OnAttemptEnded(attempt);
        }
    }

    /// <summary>Sets the tags that samplers need when the span starts, as the convention requires.</summary>
    private Activity? StartActivity()
    {
        var template = RequestTelemetry.GetTemplate(request.Address);
        var url = request.Address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        var activity = ClientTelemetry.Source.StartActivity(
            ActivityKind.Client,
            tags:
            [
                new(TelemetryNames.RequestMethod, request.Method.Method),
                new(TelemetryNames.ServerAddress, request.Address.Host),
                new(TelemetryNames.ServerPort, request.Address.Port),
                new(TelemetryNames.UrlFull, url),
                new(TelemetryNames.UrlTemplate, template),
                new(TelemetryNames.Operation, request.Operation),
                new(TelemetryNames.Subject, request.Subject),
            ],
            name: $"{request.Method.Method} {template}"
        );
        if (resends > 0)
        {
            activity?.SetTag(TelemetryNames.ResendCount, resends);
        }

        activity?.SetTag(TelemetryNames.WaitDuration, clock.GetElapsedTime(_queued, _started).TotalSeconds);
        return activity;
    }

    private void EndActivity(HttpResponseMessage? response, int? status, string? requestId)
    {
        if (_activity is null)
        {
            return;
        }

        if (response is not null)
        {
            _activity.SetTag(TelemetryNames.ResponseStatus, status);
            _activity.SetTag(TelemetryNames.ProtocolVersion, GetVersion(response));
            if (requestId is not null)
            {
                _activity.SetTag(TelemetryNames.ResponseRequestId, new[] { requestId });
            }
        }

        if (_errorType is not null)
        {
            _activity.SetTag(TelemetryNames.ErrorType, _errorType);
            _activity.SetStatus(ActivityStatusCode.Error);
        }

        _activity.Dispose();
    }

    private TagList ActiveTags() =>
        new()
        {
            { TelemetryNames.RequestMethod, request.Method.Method },
            { TelemetryNames.ServerAddress, request.Address.Host },
            { TelemetryNames.ServerPort, request.Address.Port },
            { TelemetryNames.UrlScheme, request.Address.Scheme },
        };

    private TagList DurationTags(HttpResponseMessage? response, int? status)
    {
        var tags = ActiveTags();
        tags.Add(TelemetryNames.UrlTemplate, RequestTelemetry.GetTemplate(request.Address));
        if (response is not null)
        {
            tags.Add(TelemetryNames.ResponseStatus, status);
            tags.Add(TelemetryNames.ProtocolVersion, GetVersion(response));
        }

        if (_errorType is not null)
        {
            tags.Add(TelemetryNames.ErrorType, _errorType);
        }

        return tags;
    }

    /// <summary><c>1.1</c> or <c>2</c>: HTTP/2 and later have no minor version.</summary>
    private static string GetVersion(HttpResponseMessage response) =>
        response.Version.Major > 1 ? response.Version.ToString(1) : response.Version.ToString(2);

    /// <summary>The status or the kind of failure. The convention requires low cardinality.</summary>
    private static string GetErrorType(Exception failure) =>
        failure switch
        {
            ServerlessApiException { Status: { } status } when (int)status >= 300 => ((int)status).ToString(
                CultureInfo.InvariantCulture
            ),
            ServerlessApiException
            {
                InnerException: HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } broken
            } => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{broken.HttpRequestError}"),
            ServerlessApiException { InnerException: OperationCanceledException } => "timeout",
            ServerlessApiException { InnerException: JsonException or FormatException } => "invalid_response",
            OperationCanceledException => "canceled",
            AssetContentException { InnerException: { } inner } => inner.GetType().FullName!,
            _ => (failure is ServerlessApiException { InnerException: { } inner } ? inner : failure)
                .GetType()
                .FullName!,
        };
}
