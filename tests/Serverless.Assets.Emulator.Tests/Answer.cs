using System.Text;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests;

internal sealed record Answer(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The answer's JSON, after a look that the request did what it was for.</summary>
    public JsonElement Ok() => Expect(200);

    public JsonElement Created() => Expect(201);

    /// <summary>A look that the request was refused exactly like this.</summary>
    public void Refused(int status, int code, string message)
    {
        Assert.True(Status == status, $"{status} expected, {Status} came: {Text}");
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
        Assert.True(Status == status, $"{status} expected, {Status} came: {Text}");
        return Json;
    }
}
