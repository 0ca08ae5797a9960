using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Serverless.Assets.Api;

namespace Serverless.Assets.Telemetry;

/// <summary>What is told of one attempt of a request: a span, metrics, and a line of the report's timeline. Never its headers.</summary>
/// <param name="resends">Attempts before it.</param>
internal sealed class AttemptTelemetry(ApiRequest request, int resends, IRunObserver? observer, TimeProvider clock)
{
    private readonly long _queued = clock.GetTimestamp();
    private readonly TimeSpan _queuedAt = observer?.Elapsed ?? TimeSpan.Zero;
    private Activity? _activity;
    private TimeSpan _startedAt;
    private long _started;
    private int _inFlight;
    private int _limit;
    private long _bytes;
    private string? _error;

    /// <summary>It has its place.</summary>
    /// <param name="inFlight">Requests in flight, it included.</param>
    /// <param name="limit">How many there may be.</param>
    public void OnStarted(int inFlight, int limit)
    {
        _inFlight = inFlight;
        _limit = limit;
        _started = clock.GetTimestamp();
        _startedAt = observer?.Elapsed ?? TimeSpan.Zero;
        AssetTelemetry.ActiveRequests.Add(1, Active());
        AssetTelemetry.ConcurrencyLimit.Record(limit);
        if (AssetTelemetry.Source.HasListeners())
        {
            _activity = StartActivity();
        }
    }

    /// <summary>Its head is about to leave.</summary>
    public void OnSending(HttpRequestMessage message)
    {
        _bytes = message.Content?.Headers.ContentLength ?? 0;
        if (_activity is not null && message.Content is not null)
        {
            _activity.SetTag(TelemetryNames.RequestBodySize, _bytes);
        }
    }

    /// <summary>It failed: by its answer, for want of one, or because the caller gave it up.</summary>
    public void OnFailed(Exception failure) => _error = TypeOf(failure);

    /// <summary>It has given its place back.</summary>
    /// <param name="response">Null: no head of an answer came.</param>
    /// <param name="limit">How many requests there may be now.</param>
    public void OnEnded(HttpResponseMessage? response, int limit)
    {
        var status = (int?)response?.StatusCode;
        AssetTelemetry.ActiveRequests.Add(-1, Active());
        AssetTelemetry.ConcurrencyLimit.Record(limit);
        if (AssetTelemetry.RequestDuration.Enabled)
        {
            AssetTelemetry.RequestDuration.Record(
                clock.GetElapsedTime(_started).TotalSeconds,
                Measured(response, status)
            );
        }

        observer?.OnAttempt(
            new RequestAttempt(
                request.Operation,
                request.Subject,
                request.Path,
                _queuedAt,
                _startedAt,
                observer.Elapsed,
                status,
                _error,
                resends,
                _inFlight,
                _limit,
                limit,
                _bytes
            )
        );
        EndActivity(response, status);
    }

    /// <summary>By the convention, what a sampler may decide by is there from the start.</summary>
    private Activity? StartActivity()
    {
        var template = UrlTemplate.Of(request.Address);
        var activity = AssetTelemetry.Source.StartActivity(
            ActivityKind.Client,
            tags:
            [
                new(TelemetryNames.RequestMethod, request.Method.Method),
                new(TelemetryNames.ServerAddress, request.Address.Host),
                new(TelemetryNames.ServerPort, request.Address.Port),
                new(
                    TelemetryNames.UrlFull,
                    request.Address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)
                ),
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

    private void EndActivity(HttpResponseMessage? response, int? status)
    {
        if (_activity is null)
        {
            return;
        }

        if (response is not null)
        {
            _activity.SetTag(TelemetryNames.ResponseStatus, status);
            _activity.SetTag(TelemetryNames.ProtocolVersion, VersionOf(response));
            if (ApiErrors.RequestIdOf(response) is { } id)
            {
                _activity.SetTag(TelemetryNames.ResponseRequestId, new[] { id });
            }
        }

        if (_error is not null)
        {
            _activity.SetTag(TelemetryNames.ErrorType, _error);
            _activity.SetStatus(ActivityStatusCode.Error);
        }

        _activity.Dispose();
    }

    private TagList Active() =>
        new()
        {
            { TelemetryNames.RequestMethod, request.Method.Method },
            { TelemetryNames.ServerAddress, request.Address.Host },
            { TelemetryNames.ServerPort, request.Address.Port },
            { TelemetryNames.UrlScheme, request.Address.Scheme },
        };

    private TagList Measured(HttpResponseMessage? response, int? status)
    {
        var tags = Active();
        tags.Add(TelemetryNames.UrlTemplate, UrlTemplate.Of(request.Address));
        if (response is not null)
        {
            tags.Add(TelemetryNames.ResponseStatus, status);
            tags.Add(TelemetryNames.ProtocolVersion, VersionOf(response));
        }

        if (_error is not null)
        {
            tags.Add(TelemetryNames.ErrorType, _error);
        }

        return tags;
    }

    /// <summary><c>1.1</c>, <c>2</c>: without a minor version that there is not.</summary>
    private static string VersionOf(HttpResponseMessage response) =>
        response.Version.Major > 1 ? response.Version.ToString(1) : response.Version.ToString(2);

    /// <summary>Of few values, as the convention asks: the status, or the kind of failure.</summary>
    private static string TypeOf(Exception failure) =>
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
            ServerlessApiException { InnerException: JsonException } => "invalid_answer",
            OperationCanceledException => "cancelled",
            _ => (failure is ServerlessApiException { InnerException: { } inner } ? inner : failure)
                .GetType()
                .FullName!,
        };
}
