using System.Text.Json;

namespace Serverless.Assets.Validation;

/// <summary>The settings file of a Blazor app, which the browser fetches: whatever is in it is public, so that the name of the file says nothing and its content all.</summary>
internal static class PublishedSettings
{
    private static readonly JsonDocumentOptions AsConfiguration = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly string[] SecretKeys =
    [
        "password",
        "passwd",
        "secret",
        "connectionstring",
        "apikey",
        "api-key",
        "api_key",
        "accountkey",
        "privatekey",
        "authtoken",
        "accesstoken",
    ];

    private static readonly string[] SecretValues = ["password=", "pwd=", "accountkey=", "sharedaccesskey="];

    /// <summary>The first value that looks like a secret by its key, the section's key included, or by itself.</summary>
    /// <returns>Its key as configuration names it, such as <c>ConnectionStrings:Default</c>, never the value; null when there is none, or the file is no JSON.</returns>
    public static string? FindSecret(string file)
    {
        try
        {
            using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            using var document = JsonDocument.Parse(stream, AsConfiguration);
            return Find(document.RootElement, "");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // Unreadable files are told of where they are hashed.
        }
    }

    private static string? Find(JsonElement element, string key) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(property => Find(property.Value, key.Length == 0 ? property.Name : $"{key}:{property.Name}"))
                .FirstOrDefault(found => found is not null),
            JsonValueKind.Array => element
                .EnumerateArray()
                .Select((item, i) => Find(item, $"{key}:{i}"))
                .FirstOrDefault(found => found is not null),
            JsonValueKind.String
                when element.GetString() is { Length: > 0 } value
                    && (Holds(key, SecretKeys) || Holds(value, SecretValues)) => key,
            _ => null,
        };

    private static bool Holds(string text, string[] parts) =>
        parts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));
}
