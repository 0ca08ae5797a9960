using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace Serverless.Assets.Client;

/// <summary>Turns a failed attempt, whether a response or a connection error, into an exception.</summary>
internal static class ApiErrors
{
    /// <summary>The longest wait that the client accepts from <c>Retry-After</c>.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    public static ServerlessApiException FromResponse(
        ApiRequest request,
        HttpResponseMessage response,
        byte[] body,
        TimeProvider clock
    )
    {
        var error = ReadBody(response, body);
        var failure = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => ApiFailure.Throttled,
            HttpStatusCode.RequestTimeout => ApiFailure.Ambiguous,
            >= HttpStatusCode.InternalServerError => ApiFailure.Ambiguous,
            _ => ApiFailure.Refused,
        };
        return new ServerlessApiException(request, failure, error?.Message ?? error?.Detail ?? GetReason(response))
        {
            Status = response.StatusCode,
            Code = error?.Code,
            MoreInfo = Redact(error?.MoreInfo ?? error?.MoreInfoInCamelCase),
            RequestId = GetRequestId(response),
            RetryAfter = GetRetryAfter(response, clock),
        };
    }

    /// <param name="response">Null if no response headers arrived.</param>
    /// <param name="idleFor">Set if the attempt was abandoned because it made no progress.</param>
    /// <returns>
    /// A <see cref="ServerlessApiException"/>, or the exception itself if the network is not the cause, such as
    /// <see cref="AssetContentException"/>, or an exception of the caller's progress.
    /// </returns>
    public static Exception FromException(
        ApiRequest request,
        HttpResponseMessage? response,
        Exception exception,
        TimeSpan? idleFor
    )
    {
        if (Find<ProgressException>(exception) is { InnerException: { } ofCaller })
        {
            return ofCaller;
        }

        if (OpenFileLimit.IsCauseOf(exception))
        {
            return new ServerlessApiException(request, ApiFailure.Throttled, OpenFileLimit.Message, exception);
        }

        if (Find<AssetContentException>(exception) is { } content)
        {
            return content;
        }

        var (failure, reason) = exception switch
        {
            _ when idleFor is { } time => (
                ApiFailure.Ambiguous,
                response is null
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"no byte was sent or received for {time.TotalSeconds:0} seconds"
                    )
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"the response was not complete after {time.TotalSeconds:0} seconds"
                    )
            ),
            MismatchedResponseException or ResponseTooLargeException => (ApiFailure.Ambiguous, exception.Message),
            JsonException or FormatException => (
                ApiFailure.Ambiguous,
                GetMediaType(response) is { } other && !IsJson(other)
                    ? $"the response is {other} instead of JSON, so it may be that of a proxy"
                    : "the response does not have the expected format"
            ),

            // What a stream of invalid compressed data throws depends on the format.
            InvalidOperationException or InvalidDataException when response is not null => (
                ApiFailure.Ambiguous,
                $"the response cannot be decompressed: {InnermostMessage(exception)}"
            ),
            _ when Find<AuthenticationException>(exception) is { } tls => (ApiFailure.Insecure, tls.Message),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (
                ApiFailure.Insecure,
                InnermostMessage(exception)
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (
                NameFailure(exception),
                InnermostMessage(exception)
            ),
            OperationCanceledException { InnerException: TimeoutException } => (
                ApiFailure.Unreachable,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no connection within {ApiConnection.ConnectTimeout.TotalSeconds:0} seconds"
                )
            ),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError
            } => (ApiFailure.Unreachable, InnermostMessage(exception)),

            // .NET 10 throws a socket error as it is if the peer resets a connection while it is established.
            HttpRequestException
            or IOException
            or SocketException
            or InvalidDataException
            or OperationCanceledException => (
                ApiFailure.Ambiguous,
                $"the connection broke: {InnermostMessage(exception)}"
            ),
            _ => (null as ApiFailure?, ""),
        };

        return failure is null
            ? exception
            : new ServerlessApiException(request, failure.Value, reason, exception)
            {
                Status = response?.StatusCode,
                RequestId = response is null ? null : GetRequestId(response),
            };
    }

    public static string? GetRequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Twilio-Request-Id", out var values) ? Redact(values.FirstOrDefault()) : null;

    private static string? Redact(string? text) => text is null ? null : SecretRedactor.Redact(text);

    private static ErrorBody? ReadBody(HttpResponseMessage response, byte[] body)
    {
        // Proxies in front of the service respond with HTML.
        if (GetMediaType(response) is not { } mediaType || !IsJson(mediaType))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, ResourceJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null; // the status is enough
        }
    }

    private static string? GetMediaType(HttpResponseMessage? response) =>
        response?.Content.Headers.ContentType?.MediaType;

    private static bool IsJson(string mediaType) => mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static string GetReason(HttpResponseMessage response) =>
        response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => "the file is larger than the service accepts",
            >= HttpStatusCode.MultipleChoices
            and < HttpStatusCode.BadRequest when response.Headers.Location is { } location =>
                $"a redirect to {location}, which is not followed with credentials",
            _ => string.IsNullOrEmpty(response.ReasonPhrase) ? response.StatusCode.ToString() : response.ReasonPhrase,
        };

    private static TimeSpan? GetRetryAfter(HttpResponseMessage response, TimeProvider clock)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return wait is null || wait < TimeSpan.Zero ? null
            : wait > LongestRetryAfter ? LongestRetryAfter
            : wait;
    }

    private static ApiFailure NameFailure(Exception exception) =>
        Find<SocketException>(exception)?.SocketErrorCode == SocketError.TryAgain
            ? ApiFailure.Unreachable
            : ApiFailure.UnknownHost;

    private static string InnermostMessage(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }
}

/// <summary>A response is larger than any that the service sends.</summary>
internal sealed class ResponseTooLargeException(int maxBytes)
    : IOException(string.Create(CultureInfo.InvariantCulture, $"the response has more than {maxBytes} bytes"));
