using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests;

internal static class JsonExtensions
{
    public static string Sid(this JsonElement resource) => resource.Text("sid")!;

    public static string? Text(this JsonElement resource, string name) => resource.GetProperty(name).GetString();

    public static string[] Names(this JsonElement resource) =>
        [.. resource.EnumerateObject().Select(field => field.Name)];

    /// <summary>One field of each item of an array.</summary>
    public static string[] All(this JsonElement list, string array, string name) =>
        [.. list.GetProperty(array).EnumerateArray().Select(item => item.Text(name)!)];
}
