using System.Text;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests;

internal sealed record ApiResult(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>Asserts that the status is 200.</summary>
    public JsonElement Ok() => Expect(200);

    /// <summary>Asserts that the status is 201.</summary>
    public JsonElement Created() => Expect(201);

    /// <summary>Asserts that the response is exactly this error.</summary>
    public void Refused(int status, int code, string message)
    {
        Assert.True(Status == status, $"Expected {status} but got {Status}: {Text}");
        Assert.Equal("application/json", Headers["Content-Type"]);
        JsonAssert.Same(
            $$"""
            {
              "code": {{code}},
              "message": {{JsonSerializer.Serialize(message)}},
              "more_info": "https://www.twilio.com/docs/errors/{{code}}",
              "status": {{status}}
            }
            """,
            Json
        );
    }

    private JsonElement Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status} but got {Status}: {Text}");
        return Json;
    }
}
