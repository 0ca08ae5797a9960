using System.Text.Json;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Configuration;

/// <summary>
/// Finds the credentials: API key, then account and auth token, both in the environment; then the same in the project's
/// .NET user secrets. The first complete pair wins.
/// </summary>
internal static class CredentialLookup
{
    private const string LookedFor =
        "TWILIO_API_KEY with TWILIO_API_SECRET, TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, and Twilio:ApiKey with Twilio:ApiSecret or Twilio:AccountSid with Twilio:AuthToken in the project's user secrets";

    /// <returns>Null when <paramref name="problems"/> got an error.</returns>
    public static TwilioCredentials? Find(Func<string, string?> environment, string? userSecretsId, List<Diagnostic> problems)
    {
        var (found, error) = Look(environment, userSecretsId) ?? (null, ConfigurationDiagnostics.NoCredentials(LookedFor));
        if (error is not null)
        {
            problems.Add(error);
        }

        return found;
    }

    /// <summary>Whether there are credentials. Malformed ones count: what is wrong with them is for <see cref="Find"/> to say.</summary>
    public static bool Exist(Func<string, string?> environment, string? userSecretsId) => Look(environment, userSecretsId) is not null;

    private static (TwilioCredentials? Found, Diagnostic? Error)? Look(Func<string, string?> environment, string? userSecretsId) =>
        Pair(environment, "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_AUTH_TOKEN", Sid.ApiKey)
        ?? Pair(environment, "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN", Sid.Account)
        ?? FromUserSecrets(environment, userSecretsId);

    private static (TwilioCredentials? Found, Diagnostic? Error)? FromUserSecrets(Func<string, string?> environment, string? userSecretsId)
    {
        if (UserSecretsFile.PathOf(userSecretsId, environment) is not { } file || !File.Exists(file))
        {
            return null;
        }

        try
        {
            var secrets = UserSecretsFile.Read(file);
            return Pair(secrets.GetValueOrDefault, "Twilio:ApiKey", "Twilio:ApiSecret", "Twilio:AuthToken", Sid.ApiKey)
                ?? Pair(secrets.GetValueOrDefault, "Twilio:AccountSid", "Twilio:AuthToken", "Twilio:AuthToken", Sid.Account);
        }
        catch (JsonException broken)
        {
            // The parser's own message quotes what it stumbled over, which may be a secret: only the place is told.
            return (null, ConfigurationDiagnostics.UnreadableUserSecrets(file, $"no valid JSON at line {broken.LineNumber + 1}"));
        }
        catch (InvalidOperationException)
        {
            return (null, ConfigurationDiagnostics.UnreadableUserSecrets(file, "a text in it is not UTF-8"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, ConfigurationDiagnostics.UnreadableUserSecrets(file, failure.Message));
        }
    }

    private static (TwilioCredentials? Found, Diagnostic? Error)? Pair(Func<string, string?> source, string userName, string secretName, string authTokenName, string kind)
    {
        var user = source(userName)?.Trim();
        var secret = source(secretName)?.Trim();
        if (string.IsNullOrEmpty(user) || string.IsNullOrEmpty(secret))
        {
            return null;
        }

        return Sid.IsValid(user, kind)
            ? (new TwilioCredentials(user, secret, userName, source(authTokenName)), null)
            : (null, ConfigurationDiagnostics.MalformedCredential(userName, $"{kind} and 32 hexadecimal digits"));
    }
}
