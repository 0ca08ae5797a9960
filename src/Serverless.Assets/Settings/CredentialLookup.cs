using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>
/// Finds the credentials: API key, then account and auth token, both in the environment; then the same in the project's
/// .NET user secrets; then, if the front allows it, a profile of the Twilio CLI. The first complete pair wins.
/// </summary>
internal static class CredentialLookup
{
    private const string Sources =
        "TWILIO_API_KEY with TWILIO_API_SECRET; TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN; "
        + "Twilio:ApiKey with Twilio:ApiSecret or Twilio:AccountSid with Twilio:AuthToken in the project's user "
        + "secrets";

    /// <returns>Null when <paramref name="problems"/> got an error.</returns>
    public static TwilioCredentials? Find(
        Func<string, string?> environment,
        SettingValues settings,
        DiagnosticBag problems
    )
    {
        if (!settings.Project.UsesTwilioCliProfiles)
        {
            return Report(Look(environment, settings.Get(SettingTable.UserSecretsId)), Sources, problems);
        }

        var profile = settings.Get(SettingTable.Profile) is { Length: > 0 } name ? name : null;
        var first = Look(environment, settings.Get(SettingTable.UserSecretsId));
        if (first?.Found is { } other && profile is { } unused)
        {
            problems.Add(ConfigurationDiagnostics.ProfileNotUsed(unused, other.Source));
        }

        return Report(first ?? FromTwilioCli(environment, profile), $"{Sources}; the Twilio CLI profile", problems);
    }

    /// <summary>
    /// Whether there are credentials. Malformed ones count, because <see cref="Find"/> reports what is wrong with them.
    /// </summary>
    public static bool Exist(Func<string, string?> environment, string? userSecretsId) =>
        Look(environment, userSecretsId) is not null;

    private static TwilioCredentials? Report(
        (TwilioCredentials? Found, Diagnostic? Error)? looked,
        string sources,
        DiagnosticBag problems
    )
    {
        var (found, error) = looked ?? (null, ConfigurationDiagnostics.NoCredentials(sources));
        if (error is not null)
        {
            problems.Add(error);
        }

        return found;
    }

    private static (TwilioCredentials? Found, Diagnostic? Error)? Look(
        Func<string, string?> environment,
        string? userSecretsId
    ) =>
        Pair(environment, "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_AUTH_TOKEN", SidKind.ApiKey)
        ?? Pair(environment, "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN", SidKind.Account)
        ?? FromUserSecrets(environment, userSecretsId);

    private static (TwilioCredentials? Found, Diagnostic? Error)? FromUserSecrets(
        Func<string, string?> environment,
        string? userSecretsId
    )
    {
        if (UserSecretsFile.FindPath(userSecretsId, environment) is not { } file || !File.Exists(file))
        {
            return null;
        }

        return ReadFile(
            file,
            ConfigurationDiagnostics.UnreadableUserSecrets,
            () =>
            {
                var secrets = UserSecretsFile.Read(file);
                return Pair(
                        secrets.GetValueOrDefault,
                        "Twilio:ApiKey",
                        "Twilio:ApiSecret",
                        "Twilio:AuthToken",
                        SidKind.ApiKey
                    )
                    ?? Pair(
                        secrets.GetValueOrDefault,
                        "Twilio:AccountSid",
                        "Twilio:AuthToken",
                        "Twilio:AuthToken",
                        SidKind.Account
                    );
            }
        );
    }

    /// <param name="name">Null: the active profile, if there is one.</param>
    private static (TwilioCredentials? Found, Diagnostic? Error)? FromTwilioCli(
        Func<string, string?> environment,
        string? name
    )
    {
        var file = TwilioCliProfiles.FindPath(environment);
        if (file is null || !File.Exists(file))
        {
            return name is null
                ? null
                : (
                    null,
                    ConfigurationDiagnostics.NoTwilioCliProfile(name, file ?? "~/.twilio-cli/config.json", "none")
                );
        }

        return ReadFile(
            file,
            ConfigurationDiagnostics.UnreadableTwilioCliProfiles,
            () =>
            {
                var profiles = TwilioCliProfiles.Read(file);
                if ((name is null ? profiles.Active : profiles.Find(name)) is not { } profile)
                {
                    return name is null
                        ? null
                        : (
                            null,
                            ConfigurationDiagnostics.NoTwilioCliProfile(
                                name,
                                file,
                                profiles.Names.Any() ? string.Join(", ", profiles.Names) : "none"
                            )
                        );
                }

                if (profile.ApiKey is null || profile.ApiSecret is null)
                {
                    return (null, ConfigurationDiagnostics.ProfileWithoutSecret(profile.Name, file));
                }

                var source = $"apiKey of the Twilio CLI profile '{profile.Name}'";
                return Sid.IsValid(profile.ApiKey, SidKind.ApiKey)
                    ? (
                        new TwilioCredentials(profile.ApiKey, profile.ApiSecret, source)
                        {
                            Region = profile.Region,
                            Edge = profiles.Edge,
                        },
                        null
                    )
                    : (
                        null,
                        ConfigurationDiagnostics.MalformedCredential(source, SidKind.ApiKey.Name, SidKind.ApiKey.Format)
                    );
            }
        );
    }

    /// <param name="explain">Creates the error from the file and the reason.</param>
    private static (TwilioCredentials? Found, Diagnostic? Error)? ReadFile(
        string file,
        Func<string, string, Diagnostic> explain,
        Func<(TwilioCredentials? Found, Diagnostic? Error)?> read
    )
    {
        try
        {
            return read();
        }
        catch (JsonException broken)
        {
            // The parser's message quotes the invalid text, which may be a secret, so only the position is reported.
            return (null, explain(file, $"invalid JSON in line {broken.LineNumber + 1}"));
        }
        catch (InvalidOperationException)
        {
            return (null, explain(file, "it contains text that is not UTF-8"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, explain(file, failure.Message));
        }
    }

    private static (TwilioCredentials? Found, Diagnostic? Error)? Pair(
        Func<string, string?> source,
        string userName,
        string secretName,
        string authTokenName,
        SidKind kind
    )
    {
        var user = source(userName)?.Trim();
        var secret = source(secretName)?.Trim();
        if (string.IsNullOrEmpty(user) || string.IsNullOrEmpty(secret))
        {
            return null;
        }

        return Sid.IsValid(user, kind)
            ? (new TwilioCredentials(user, secret, userName, source(authTokenName)?.Trim()), null)
            : (null, ConfigurationDiagnostics.MalformedCredential(userName, kind.Name, kind.Format));
    }
}
