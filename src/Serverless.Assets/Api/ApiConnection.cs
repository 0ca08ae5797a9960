using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Api;

/// <summary>
/// Sends requests to the service: credentials, the place among the requests in flight, time without progress, attempts,
/// and what an answer means. What the requests are about is <see cref="ServerlessApi"/>'s matter.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    /// <summary>A page of 1,000 Assets has about half a megabyte.</summary>
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly ValidatedServiceSettings _options;
    private readonly EngineContext _host;
    private readonly ConcurrencyGate _gate;
    private readonly ResiliencePipeline _retries;
    private readonly AuthenticationHeaderValue _authorization;

    public ApiConnection(ValidatedServiceSettings options, EngineContext context)
    {
        _options = options;
        _host = context;
        _gate = new ConcurrencyGate(new AdaptiveConcurrency(options.MaxConcurrency));
        _retries = ApiRetries.Create(context.Clock);
        _authorization = options.Credentials.ToHeader();
        _http = new HttpClient(context.HttpHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue(ProductVersion.Name, ProductVersion.Number)
        );
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public ApiEndpoints Endpoints => _options.Endpoints;

    public ConcurrencyGate Gate => _gate;

    /// <param name="onAnswer">Runs before the request counts as no longer in flight.</param>
    /// <exception cref="ServerlessApiException">It failed, and trying again did not or would not help.</exception>
    public Task<T> SendAsync<T>(
        ApiRequest request,
        JsonTypeInfo<T> answer,
        CancellationToken cancellationToken,
        Action<T>? onAnswer = null
    ) =>
        SendAsync(
            request,
            body =>
            {
                var read = JsonSerializer.Deserialize(body, answer) ?? throw new JsonException("null");
                onAnswer?.Invoke(read);
                return read;
            },
            cancellationToken
        );

    /// <summary>For requests that are answered without a body.</summary>
    /// <inheritdoc cref="SendAsync{T}(ApiRequest, JsonTypeInfo{T}, CancellationToken, Action{T})"/>
    public Task SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, _ => true, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(ApiRequest request, Func<byte[], T> read, CancellationToken cancellationToken)
    {
        if (!Endpoints.Covers(request.Address))
        {
            throw new ServerlessApiException(
                request,
                ApiFailure.Refused,
                $"the address {request.Address} is not at the configured origins, so the credentials are not sent there"
            );
        }

        return await _retries
            .ExecuteAsync(
                static async (state, token) =>
                    await state
                        .Connection.AttemptAsync(state.Request, state.Read, state.Telemetry, token)
                        .ConfigureAwait(false),
                (Connection: this, Request: request, Read: read, Telemetry: RequestTelemetry.Of(request, _host)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<T> AttemptAsync<T>(
        ApiRequest request,
        Func<byte[], T> read,
        RequestTelemetry? telemetry,
        CancellationToken cancellationToken
    )
    {
        var attempt = telemetry?.StartAttempt();
        var inFlight = await _gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        attempt?.OnStarted(inFlight, _gate.Limit);
        HttpResponseMessage? response = null;
        try
        {
            using var idle = new IdleTimeout(_options.RequestTimeout, _host.Clock, cancellationToken);
            try
            {
                response = await SendOnceAsync(request, attempt, idle).ConfigureAwait(false);
                var body = await ReadBodyAsync(response, idle).ConfigureAwait(false);
                Trace(request, response);
                return response.IsSuccessStatusCode
                    ? read(body)
                    : throw ApiErrors.FromAnswer(request, response, body, _host.Clock);
            }
            catch (Exception failure) when (failure is not ServerlessApiException)
            {
                cancellationToken.ThrowIfCancellationRequested(); // whatever it looks like, that is the reason
                throw ApiErrors.FromException(
                    request,
                    response,
                    failure,
                    idle.HasExpired ? _options.RequestTimeout : null
                );
            }
        }
        catch (Exception failure)
        {
            attempt?.OnFailed(failure);
            Trace(failure as ServerlessApiException);
            throw;
        }
        finally
        {
            _gate.Leave(
                inFlight,
                response?.StatusCode == HttpStatusCode.TooManyRequests,
                response is not null,
                AccountInFlight(response)
            );
            attempt?.OnEnded(response, _gate.Limit);
            response?.Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        ApiRequest request,
        AttemptTelemetry? attempt,
        IdleTimeout idle
    )
    {
        using var message = new HttpRequestMessage(request.Method, request.Address);
        message.Headers.Authorization = _authorization;
        message.Content = request.Content?.Invoke(idle.OnProgress);
        attempt?.OnSending(message);
        return await _http
            .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, idle.Token)
            .ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, IdleTimeout idle)
    {
        idle.OnProgress();
        using var stream = await response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, idle.Token).ConfigureAwait(false)) > 0)
        {
            idle.OnProgress();
            body.Write(buffer, 0, read);
            if (body.Length > MaxAnswerBytes)
            {
                throw new JsonException($"the answer has more than {MaxAnswerBytes} bytes");
            }
        }

        return body.ToArray();
    }

    private static int? AccountInFlight(HttpResponseMessage? response) =>
        response is not null
        && response.Headers.TryGetValues("Twilio-Concurrent-Requests", out var values)
        && int.TryParse(values.FirstOrDefault(), out var count)
            ? count
            : null;

    private void Trace(ApiRequest request, HttpResponseMessage response)
    {
        if (_host.Logger.IsTraceEnabled)
        {
            _host.Logger.Log(
                LogLevel.Trace,
                $"{request.Method} {request.Address} ({request.Subject}): {(int)response.StatusCode} {ApiErrors.RequestIdOf(response)}"
            );
        }
    }

    private void Trace(ServerlessApiException? failure)
    {
        if (failure is not null && _host.Logger.IsTraceEnabled)
        {
            _host.Logger.Log(
                LogLevel.Trace,
                $"{failure.Request.Method} {failure.Request.Address} ({failure.Request.Subject}) failed: {failure.Reason} ({failure.Details})"
            );
        }
    }
}
