using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>
/// Looks for secrets in the <c>appsettings.json</c> of a Blazor app. The browser downloads this file, so its name is
/// not a reason for a warning, but its content can be.
/// </summary>
internal static class SettingsSecretFinder
{
    private static readonly JsonDocumentOptions ConfigurationSyntax = new()
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

    /// <summary>
    /// Finds the first value that looks like a secret, either because of its own text or because of its key, including
    /// the keys of the sections that contain it.
    /// </summary>
    /// <returns>
    /// The key in configuration syntax, for example <c>ConnectionStrings:Default</c>, and never the value. Null if
    /// there is none, or if the file is not JSON or larger than 4 MB.
    /// </returns>
    public static string? FindSecret(string file)
    {
        try
        {
            using var text = new StreamReader(RegularFile.Buffer(file)); // replaces what is not UTF-8
            using var document = JsonDocument.Parse(text.ReadToEnd(), ConfigurationSyntax);
            return Find(document.RootElement, "");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // Hashing reports files that cannot be read.
        }
    }

    private static string? Find(JsonElement element, string key) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(property =>
                    Find(property.Value, key.Length == 0 ? GetName(property) : $"{key}:{GetName(property)}")
                )
                .FirstOrDefault(found => found is not null),
            JsonValueKind.Array => element
                .EnumerateArray()
                .Select((item, i) => Find(item, $"{key}:{i}"))
                .FirstOrDefault(found => found is not null),
            JsonValueKind.String
                when GetText(element) is { Length: > 0 } value
                    && (ContainsAny(key, SecretKeys) || ContainsAny(value, SecretValues)) => key,
            _ => null,
        };

    /// <returns>The JSON text if the name has an escape sequence that is not a character.</returns>
    private static string GetName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    /// <returns>The JSON text if the string has an escape sequence that is not a character.</returns>
    private static string GetText(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText();
        }
    }

    private static bool ContainsAny(string text, string[] parts) =>
        parts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));
}
