using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests;

/// <summary>Compares JSON including the order of fields but not white space.</summary>
internal static class JsonAssert
{
    public static void Same(string expected, JsonElement actual) =>
        Assert.Equal(Normalize(JsonSerializer.Deserialize<JsonElement>(expected)), Normalize(actual));

    private static string Normalize(JsonElement json) => JsonSerializer.Serialize(json);
}

internal static class JsonExtensions
{
    public static string Sid(this JsonElement resource) => resource.Text("sid")!;

    public static string? Text(this JsonElement resource, string name) => resource.GetProperty(name).GetString();

    public static string[] Names(this JsonElement resource) =>
        [.. resource.EnumerateObject().Select(field => field.Name)];

    /// <summary>One field of each item in an array.</summary>
    public static string[] All(this JsonElement list, string array, string name) =>
        [.. list.GetProperty(array).EnumerateArray().Select(item => item.Text(name)!)];
}
