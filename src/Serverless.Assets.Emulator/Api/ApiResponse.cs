using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Control;

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
        Json(status, new ErrorResponse(code, message, GetMoreInfo(code), status), ApiJson.Default);

    /// <summary>429 in one of its forms.</summary>
    public static ApiResponse TooManyRequests(ThrottledBody body, string message)
    {
        const int Status = StatusCodes.Status429TooManyRequests;
        const int Code = ErrorCode.TooManyRequests;
        return body == ThrottledBody.Standard
            ? Error(Status, Code, message)
            : Json(
                Status,
                new DetailedErrorResponse(Status, message, "Retry with exponential backoff", Code, GetMoreInfo(Code)),
                ApiJson.Default
            );
    }

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
            RequestTrace.Abort(context);
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

    private static string GetMoreInfo(int code) => $"https://www.twilio.com/docs/errors/{code}";
}

/// <summary>The body of an error.</summary>
internal sealed record ErrorResponse(int Code, string Message, string MoreInfo, int Status);

/// <summary>The body of some 429s, which has one name in camelCase.</summary>
internal sealed record DetailedErrorResponse(
    int Status,
    string Message,
    string Detail,
    int Code,
    [property: JsonPropertyName("moreInfo")] string MoreInfo
);
