using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Emulator.Api;

/// <summary>How much of a response the client receives.</summary>
internal enum Delivery
{
    Complete,

    /// <summary>The connection is closed halfway through the body.</summary>
    Truncated,

    /// <summary>The connection is closed before the first byte.</summary>
    None,
}

/// <summary>A response of the API. It is complete before its first byte is sent.</summary>
internal sealed record ApiResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public Delivery Delivery { get; init; } = Delivery.Complete;

    public int? RetryAfterSeconds { get; init; }

    public static ApiResponse NoContent { get; } = new(StatusCodes.Status204NoContent, "", default);

    public static ApiResponse Ok<T>(T resource) => Json(StatusCodes.Status200OK, resource, ApiJson.Default);

    public static ApiResponse Created<T>(T resource) => Json(StatusCodes.Status201Created, resource, ApiJson.Default);

    public static ApiResponse Json<T>(int status, T value, JsonSerializerContext context) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), context));

    public static ApiResponse Error(int status, int code, string message) =>
        Json(
            status,
            new ErrorResponse(code, message, $"https://www.twilio.com/docs/errors/{code}", status),
            ApiJson.Default
        );

    /// <summary>The HTML that a proxy in front of the service sends instead of the service's JSON.</summary>
    public static ApiResponse ProxyError(int status, string reason) =>
        new(
            status,
            "text/html",
            Encoding.UTF8.GetBytes(
                $"""
                <html>
                <head><title>{status} {reason}</title></head>
                <body>
                <center><h1>{status} {reason}</h1></center>
                </body>
                </html>

                """
            )
        );

    public async Task SendAsync(HttpContext context)
    {
        if (Delivery == Delivery.None)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = $"{seconds}";
        }

        if (Body.IsEmpty)
        {
            return;
        }

        response.ContentType = ContentType;
        response.ContentLength = Body.Length;

        // If fewer bytes are written than announced, the server closes the connection after the request. Aborting it
        // here instead would discard the bytes that are still in the buffers.
        var sent = Delivery == Delivery.Truncated ? Body.Length / 2 : Body.Length;
        await response.BodyWriter.WriteAsync(Body[..sent]);
    }
}

/// <summary>The body of an error.</summary>
internal sealed record ErrorResponse(int Code, string Message, string MoreInfo, int Status);

/// <summary>The service's error codes.</summary>
internal static class ErrorCode
{
    public const int InvalidParameter = 20001;
    public const int NotAuthenticated = 20003;
    public const int Forbidden = 20403;
    public const int NotFound = 20404;
    public const int Conflict = 20409;
    public const int TooManyRequests = 20429;
    public const int Internal = 20500;
}

/// <summary>Ends a request with an error response and rolls back its transaction.</summary>
internal sealed class ApiException(ApiResponse response) : Exception($"The response is {response.Status}.")
{
    public ApiResponse Response => response;

    /// <summary>400: a parameter or the state of a resource does not allow the operation.</summary>
    public static ApiException Invalid(string message) =>
        new(ApiResponse.Error(StatusCodes.Status400BadRequest, ErrorCode.InvalidParameter, message));

    /// <summary>401.</summary>
    public static ApiException NotAuthenticated() =>
        new(ApiResponse.Error(StatusCodes.Status401Unauthorized, ErrorCode.NotAuthenticated, "Authenticate"));

    /// <summary>403.</summary>
    public static ApiException Forbidden(string message) =>
        new(ApiResponse.Error(StatusCodes.Status403Forbidden, ErrorCode.Forbidden, message));

    /// <summary>404.</summary>
    public static ApiException NotFound(PathString path) => NotFound($"The requested resource {path} was not found");

    /// <inheritdoc cref="NotFound(PathString)"/>
    public static ApiException NotFound(string message) =>
        new(ApiResponse.Error(StatusCodes.Status404NotFound, ErrorCode.NotFound, message));

    /// <summary>409: a resource with this name exists, or the Build is already deployed.</summary>
    public static ApiException Conflict(string message) =>
        new(ApiResponse.Error(StatusCodes.Status409Conflict, ErrorCode.Conflict, message));

    /// <summary>413, from the proxy in front of the service.</summary>
    public static ApiException TooLarge() =>
        new(ApiResponse.ProxyError(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large"));
}
