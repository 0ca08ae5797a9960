using System.Text.Json;

namespace Serverless.Assets.Client;

/// <summary>
/// The file in which the .NET Secret Manager (<c>dotnet user-secrets</c>) stores the secrets of a project. It is read
/// directly: the configuration packages would add eight assemblies to every build.
/// </summary>
internal static class UserSecretsFile
{
    /// <returns>Null if there is no ID or no home folder.</returns>
    public static string? FindPath(string? userSecretsId, Func<string, string?> environment)
    {
        if (
            string.IsNullOrWhiteSpace(userSecretsId)
            || userSecretsId is "." or ".."
            || userSecretsId.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0
        )
        {
            return null;
        }

        if (environment("APPDATA") is { Length: > 0 } applicationData)
        {
            return Path.Combine(applicationData, "Microsoft", "UserSecrets", userSecretsId, "secrets.json");
        }

        var home = environment("HOME") is { Length: > 0 } set ? set : environment("DOTNET_USER_SECRETS_FALLBACK_DIR");
        return string.IsNullOrEmpty(home)
            ? null
            : Path.Combine(home, ".microsoft", "usersecrets", userSecretsId, "secrets.json");
    }

    /// <summary>Reads the file. Keys are joined with <c>:</c> and case-insensitive, as in .NET configuration.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string in it is not valid UTF-8.</exception>
    public static Dictionary<string, string> Read(string file)
    {
        using var document = JsonDocument.Parse(
            RegularFile.Buffer(file),
            new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
        );
        var secrets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Flatten(document.RootElement, "", secrets);
        return secrets;
    }

    private static void Flatten(JsonElement element, string key, Dictionary<string, string> secrets)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                Flatten(property.Value, key.Length == 0 ? property.Name : $"{key}:{property.Name}", secrets);
            }
        }
        else if (element.ValueKind == JsonValueKind.String)
        {
            secrets[key] = element.GetString()!;
        }
    }
}
