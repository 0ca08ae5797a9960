using System.Text;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The npm packages of a Build: what the client asks for, and what the service adds by itself.</summary>
internal static class Dependencies
{
    private static readonly (string Name, string Version)[] Added =
    [
        ("twilio", "5.3.0"),
        ("@twilio/runtime-handler", "2.0.1"),
    ];

    /// <returns>JSON array of objects with <c>name</c> and <c>version</c>.</returns>
    /// <exception cref="ApiException">Not a list of names and versions.</exception>
    public static string Normalize(string? dependencies)
    {
        var all = string.IsNullOrWhiteSpace(dependencies) ? [] : Parse(dependencies);
        all.AddRange(Added.Where(added => all.TrueForAll(given => given.Name != added.Name)));

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var (name, version) in all)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("version", version);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<(string Name, string Version)> Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(WithoutQuotes(text.Trim()));
            return
            [
                .. json.RootElement.EnumerateArray().Select(item => (TextOf(item, "name"), TextOf(item, "version"))),
            ];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw ApiException.Invalid("Dependencies must be a JSON list of objects with name and version");
        }
    }

    private static string TextOf(JsonElement item, string name) =>
        item.GetProperty(name).GetString() ?? throw new JsonException($"{name} is null");

    /// <summary>The public toolkit puts one more pair of quotes around the list, with nothing escaped between them.</summary>
    private static string WithoutQuotes(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            return text;
        }

        var inner = text[1..^1];
        return inner.Contains("\\\"", StringComparison.Ordinal)
            ? JsonDocument.Parse(text).RootElement.GetString()!
            : inner;
    }
}
