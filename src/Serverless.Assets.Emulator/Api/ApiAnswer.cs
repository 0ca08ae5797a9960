using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Api;

/// <summary>One answer of the API, complete before the first byte of it is sent.</summary>
internal sealed record ApiAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private const string JsonType = "application/json";

    public Delivery Delivery { get; init; } = Delivery.Whole;

    public int? RetryAfterSeconds { get; init; }

    public static ApiAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, "", default);

    public static ApiAnswer Json(int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        return new ApiAnswer(status, JsonType, body.WrittenMemory);
    }

    public static ApiAnswer Error(int status, int code, string message) =>
        Json(
            status,
            json =>
            {
                json.WriteStartObject();
                json.WriteNumber("code", code);
                json.WriteString("message", message);
                json.WriteString("more_info", $"https://www.twilio.com/docs/errors/{code}");
                json.WriteNumber("status", status);
                json.WriteEndObject();
            }
        );

    /// <summary>What a proxy in front of the service says, instead of JSON.</summary>
    public static ApiAnswer ProxyError(int status, string reason) =>
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
}
