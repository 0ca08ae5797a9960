using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly;

namespace Serverless.Assets.Client;

/// <summary>
/// Sends requests: adds the credentials, limits the requests in flight, abandons an attempt that makes no progress,
/// retries what is safe to retry, and reads the response.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    /// <summary>
    /// Content from this size on is sent only after the service agreed to receive it, so that a request that it refuses
    /// early does not cost the upload.
    /// </summary>
    private const long LargeContentBytes = 1024 * 1024;

    /// <summary>Bytes of a response that are read at a time.</summary>
    private const int ReadBytes = 16 * 1024;

    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly ConnectionSettings _settings;
    private readonly ResiliencePipeline _retries;
    private readonly ResiliencePipeline _creations;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly KeyedLock _creating = new();
    private volatile bool _refusesExpectations;

    public ApiConnection(ConnectionSettings settings)
    {
        _settings = settings;
        Clock = new ServiceClock(settings.Clock);
        _retries = RetryPolicy.Create(settings.Clock);
        _creations = RetryPolicy.CreateForCreations(settings.Clock);
        _authorization = settings.Credentials.ToHeader();
        Http.Timeout = Timeout.InfiniteTimeSpan;
        Http.DefaultRequestHeaders.UserAgent.Add(settings.UserAgent);
        Http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        Gate = new ConcurrencyGate(
            new AdaptiveConcurrency(Math.Min(settings.MaxConcurrency, OpenFileLimit.GetMaxRequests())),
            settings.Clock
        );
    }

    public ConcurrencyGate Gate { get; }

    /// <summary>The time of the service, from which the age of its resources is computed.</summary>
    public ServiceClock Clock { get; }

    /// <inheritdoc cref="ServerlessClientOptions.EnforceServiceLimits"/>
    public bool EnforcesServiceLimits => _settings.EnforcesServiceLimits;

    private HttpClient Http => _settings.Http;

    private ServiceOrigins Origins => _settings.Origins;

    public Uri ServicesAddress => new(Origins.Api, "v1/Services");

    /// <summary>Gets the address of a Service's resource on the REST API.</summary>
    public Uri GetAddress(string service, params IReadOnlyList<string> segments) =>
        new(Origins.Api, GetPath(service, segments));

    /// <summary>Gets the address of a Service's resource on the upload endpoint.</summary>
    public Uri GetUploadAddress(string service, params IReadOnlyList<string> segments) =>
        new(Origins.Upload, GetPath(service, segments));

    /// <param name="check">
    /// Throws a <see cref="MismatchedResponseException"/> if the response is not about the requested resource.
    /// </param>
    /// <param name="onResponse">
    /// Receives the response while the request still counts as in flight, so that the callback completes before another
    /// request is sent in its place.
    /// </param>
    /// <exception cref="ServerlessApiException">The request failed, and retrying did not or would not help.</exception>
    public Task<T> SendAsync<T>(
        ApiRequest request,
        JsonTypeInfo<T> resultType,
        CancellationToken cancellationToken,
        Action<T>? check = null,
        Action<T>? onResponse = null
    ) =>
        SendAsync(
            request,
            body =>
            {
                var result = JsonSerializer.Deserialize(body, resultType) ?? throw new JsonException("null");
                check?.Invoke(result);
                return result;
            },
            onResponse,
            cancellationToken
        );

    /// <summary>
    /// Deletes a resource. Succeeds if there is none: an earlier attempt may have deleted it although its response was
    /// lost.
    /// </summary>
    public async Task DeleteAsync(string operation, Uri address, string subject, CancellationToken cancellationToken)
    {
        try
        {
            var request = ApiRequest.Delete(operation, address, subject);
            await SendAsync(request, RequireEmpty, onResponse: null, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound) { }
    }

    /// <summary>
    /// Finds a resource or creates it, one call at a time for each key, because the service accepts two Assets or
    /// Variables with one name.
    /// </summary>
    /// <param name="key">Kind, parent and name of the resource.</param>
    /// <inheritdoc cref="FindOrCreateAsync"/>
    public async Task<T> FindOrCreateInTurnAsync<T>(
        string key,
        Func<CancellationToken, Task<T?>> find,
        Func<CancellationToken, Task<T>> create,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var turn = await _creating.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        return await FindOrCreateAsync(find, create, onUndecided: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finds a resource or creates it. When the response to the creation is lost, or a resource with its name exists,
    /// this method looks again before the next attempt, so that nothing is created twice.
    /// </summary>
    /// <param name="find">Returns null if there is no such resource. Called before each attempt.</param>
    /// <param name="onUndecided">Called when it is not known whether the creation succeeded.</param>
    /// <exception cref="ServerlessApiException">The service refused the creation, or all attempts failed.</exception>
    public async Task<T> FindOrCreateAsync<T>(
        Func<CancellationToken, Task<T?>> find,
        Func<CancellationToken, Task<T>> create,
        Action<ServerlessApiException>? onUndecided,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var budget = new RetryBudget(_settings.RetryTimeout, _settings.Clock);
        return await _creations
            .ExecuteAsync(
                async token =>
                {
                    if (await find(token).ConfigureAwait(false) is { } found)
                    {
                        return found;
                    }

                    try
                    {
                        return await create(token).ConfigureAwait(false);
                    }
                    catch (ServerlessApiException failure) when (RetryPolicy.IsUndecidedCreation(failure))
                    {
                        onUndecided?.Invoke(failure);
                        budget.OnAttempt();
                        failure.IsLast = budget.IsExhaustedAfter(failure.RetryAfter);
                        if (
                            failure.Status != HttpStatusCode.Conflict
                            || await find(token).ConfigureAwait(false) is not { } existing
                        )
                        {
                            throw;
                        }

                        return existing;
                    }
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public void Dispose() => Http.Dispose();

    public static async Task<T?> NullIfNotFoundAsync<T>(Task<T> response)
        where T : class
    {
        try
        {
            return await response.ConfigureAwait(false);
        }
        catch (ServerlessApiException notFound) when (notFound.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Creates the handler for all connections of this product, to the service and to sites.</summary>
    public static HttpMessageHandler CreateHandler() =>
        new SocketsHttpHandler
        {
            // A redirect would send the request to another host, and following one to a proxy's login page is useless.
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = LoopbackBypassProxy.FromSystem(),
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = LoopbackNames.ConnectAsync,
            PooledConnectionLifetime = ConnectionLifetime,
            ActivityHeadersPropagator = null, // trace IDs stay on this machine
        };

    private async Task<T> SendAsync<T>(
        ApiRequest request,
        Func<byte[], T> read,
        Action<T>? onResponse,
        CancellationToken cancellationToken
    )
    {
        if (!Origins.Cover(request.Address))
        {
            throw new ServerlessApiException(
                request,
                ApiFailure.Refused,
                $"the address {request.Address} is not at the configured origins, so the credentials are not sent there"
            );
        }

        var telemetry = RequestTelemetry.Create(request, _settings);
        var budget = new RetryBudget(_settings.RetryTimeout, _settings.Clock);
        return await _retries
            .ExecuteAsync(
                async token =>
                    await AttemptAsync(request, read, onResponse, telemetry, budget, token).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<T> AttemptAsync<T>(
        ApiRequest request,
        Func<byte[], T> read,
        Action<T>? onResponse,
        RequestTelemetry? telemetry,
        RetryBudget budget,
        CancellationToken cancellationToken
    )
    {
        var attempt = telemetry?.StartAttempt();
        var sent = await Gate.EnterAsync(request.Kind, request.Priority, budget.HasStarted, cancellationToken)
            .ConfigureAwait(false);
        budget.OnAttempt();
        attempt?.OnStarted(sent.InFlight, Gate.Limit);
        HttpResponseMessage? response = null;
        var isThrottled = false;
        try
        {
            using var idle = new IdleTimeout(_settings.RequestTimeout, _settings.Clock, cancellationToken);
            T result;
            try
            {
                response = await SendOnceAsync(request, attempt, idle).ConfigureAwait(false);
                Clock.OnResponse(response);
                var body = await ReadBodyAsync(response, request.MaxResponseBytes, idle).ConfigureAwait(false);
                result = response.IsSuccessStatusCode
                    ? read(body)
                    : throw ApiErrors.FromResponse(request, response, body, Clock);
            }
            catch (Exception failure) when (failure is not ServerlessApiException)
            {
                cancellationToken.ThrowIfCancellationRequested(); // whatever the failure looks like, this caused it
                throw ApiErrors.FromException(
                    request,
                    response,
                    failure,
                    idle.HasExpired ? _settings.RequestTimeout : null
                );
            }

            onResponse?.Invoke(result);
            return result;
        }
        catch (Exception failure)
        {
            if (failure is ServerlessApiException refused)
            {
                isThrottled = refused.Failure == ApiFailure.Throttled;
                refused.IsLast = budget.IsExhaustedAfter(refused.RetryAfter);
            }

            attempt?.OnFailed(failure);
            throw;
        }
        finally
        {
            Gate.Leave(sent, GetOutcome(isThrottled, response));
            attempt?.OnEnded(response, Gate.Limit);
            response?.Dispose();
        }
    }

    /// <summary>
    /// Sends the request. A server or proxy that does not support expectations responds <c>417</c>: it gets the same
    /// request without one (RFC 9110, section 10.1.1), and so it does all requests that follow.
    /// </summary>
    private async Task<HttpResponseMessage> SendOnceAsync(
        ApiRequest request,
        AttemptTelemetry? attempt,
        IdleTimeout idle
    )
    {
        using var message = new HttpRequestMessage(request.Method, request.Address);
        message.Headers.Authorization = _authorization;
        message.Content = request.Content?.Invoke(idle.OnProgress);
        var expects = !_refusesExpectations && message.Content?.Headers.ContentLength >= LargeContentBytes;
        message.Headers.ExpectContinue = expects;
        attempt?.OnSending(message);
        var response = await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, idle.Token)
            .ConfigureAwait(false);
        if (!expects || response.StatusCode != HttpStatusCode.ExpectationFailed)
        {
            return response;
        }

        response.Dispose();
        _refusesExpectations = true;
        return await SendOnceAsync(request, attempt, idle).ConfigureAwait(false);
    }

    /// <summary>Reads the body within one timeout: bytes that trickle in do not extend it.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, int maxBytes, IdleTimeout idle)
    {
        idle.OnProgress();
        using var stream = await response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, idle.Token).ConfigureAwait(false)) > 0)
            {
                body.Write(buffer, 0, read);
                if (body.Length > maxBytes)
                {
                    throw new ResponseTooLargeException(maxBytes);
                }
            }

            return body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Gets the address of the next page. The service names itself in it, which is another host than the configured
    /// one behind a reverse proxy that rewrites nothing.
    /// </summary>
    public Uri GetNextPage(Uri current, string next)
    {
        var address = new Uri(current, next);
        return ServiceOrigins.IsTwilioApi(address) ? new Uri(Origins.Api, address.PathAndQuery) : address;
    }

    /// <exception cref="ArgumentException">The Service is not a SID or unique name.</exception>
    private static string GetPath(string service, IReadOnlyList<string> segments) =>
        "v1/Services/" + string.Join('/', segments.Prepend(RequireService(service)).Select(Uri.EscapeDataString));

    /// <summary>
    /// A segment of dots would change the address, even if it is escaped. The SID of another kind is a mistake: no Service
    /// has such a name.
    /// </summary>
    private static string RequireService(string service) =>
        service.AsSpan().Trim(". \t\r\n").IsEmpty
        || SidKind.All.Any(kind => kind != SidKind.Service && Sid.IsValid(service, kind))
            ? throw new ArgumentException(
                $"'{service}' is not the SID ({SidKind.Service.Format}) or unique name of a Service.",
                nameof(service)
            )
            : service;

    /// <summary>The service responds to a deletion without a body, and a proxy with a page of its own.</summary>
    private static bool RequireEmpty(byte[] body) =>
        body.Length == 0 ? true : throw new FormatException("the response to a deletion has a body");

    private static RequestOutcome GetOutcome(bool isThrottled, HttpResponseMessage? response) =>
        isThrottled ? RequestOutcome.Throttled
        : response is null ? RequestOutcome.Lost
        : RequestOutcome.Processed;
}
