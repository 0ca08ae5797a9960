using System.Text.Json;

namespace Serverless.Assets.Emulator.Api;

/// <summary>An npm package of a Build.</summary>
internal sealed record Dependency(string Name, string Version)
{
    public static string Serialize(Dependency[] dependencies) =>
        JsonSerializer.Serialize(dependencies, ApiJson.Default.DependencyArray);

    public static IReadOnlyList<Dependency> Parse(string json) =>
        JsonSerializer.Deserialize(json, ApiJson.Default.DependencyArray)!;

    /// <summary>Parses the list of a client, which can be missing.</summary>
    /// <exception cref="ApiException">The text is not a JSON list of names and versions.</exception>
    public static IReadOnlyList<Dependency> ParseRequest(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return [];
        }

        try
        {
            var dependencies = Parse(RemoveQuotes(json.Trim()));
            if (dependencies is not null && dependencies.All(dependency => dependency is not null))
            {
                return dependencies;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text with half of a surrogate pair: the same error as for null.
        }

        throw ApiException.Invalid("Dependencies must be a JSON list of objects with name and version");
    }

    /// <summary>
    /// Twilio's toolkit encloses the list in an additional pair of quotes, without escaping the quotes in the list.
    /// </summary>
    private static string RemoveQuotes(string text)
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
