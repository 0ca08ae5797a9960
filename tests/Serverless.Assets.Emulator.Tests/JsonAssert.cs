using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests;

/// <summary>Compares JSON to the last field and their order, but not the white space between them.</summary>
internal static class JsonAssert
{
    public static void Same(string expected, JsonElement actual) =>
        Assert.Equal(Normalize(JsonSerializer.Deserialize<JsonElement>(expected)), Normalize(actual));

    private static string Normalize(JsonElement json) => JsonSerializer.Serialize(json);
}
