using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Client;

/// <summary>
/// A user name and its secret. No property or <c>ToString</c> exposes the secret: it leaves this class only in the
/// header sent to the configured origins, and in signatures.
/// </summary>
public sealed class TwilioCredentials
{
    /// <summary>Not a secret: every emulator accepts it, and the same digits occur in messages.</summary>
    internal const string EmulatorSecret = "00000000000000000000000000000000";

    private readonly string _secret;
    private readonly string? _authToken;

    /// <param name="authToken">The account's auth token, if it is known although the user is an API key.</param>
    internal TwilioCredentials(string user, string secret, string source, string? authToken = null)
    {
        User = user;
        Source = source;
        LocationSource = source;
        _secret = secret;
        _authToken = user.StartsWith(SidKind.Account.Prefix, StringComparison.Ordinal) ? secret : authToken;
        SecretRedactor.Add(user, secret);
        SecretRedactor.Add(user, authToken ?? "");
    }

    /// <summary><c>SK…</c> or <c>AC…</c>; not a secret.</summary>
    public string User { get; }

    /// <summary>The credentials that every emulator accepts.</summary>
    internal static TwilioCredentials Emulator { get; } =
        new("AC00000000000000000000000000000000", EmulatorSecret, "the emulator");

    /// <summary>Where the credentials were found, for messages.</summary>
    internal string Source { get; }

    /// <summary>Where region and edge were found, for messages.</summary>
    internal string LocationSource { get; init; }

    /// <summary>The region of the key, such as <c>ie1</c>, if the source states it.</summary>
    internal string? Region { get; init; }

    /// <summary>The edge for that region, such as <c>dublin</c>, if the source states it.</summary>
    internal string? Edge { get; init; }

    /// <summary>Creates credentials from an API key. Restricted keys do not support Twilio Serverless.</summary>
    /// <param name="sid"><c>SK</c> followed by 32 hexadecimal digits.</param>
    /// <exception cref="FormatException">The SID is malformed.</exception>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public static TwilioCredentials ApiKey(string sid, string secret) =>
        new(ParseUser(sid, SidKind.ApiKey, "The user name"), RequireSecret(secret), "the caller");

    /// <summary>Creates credentials from an account and its auth token.</summary>
    /// <param name="accountSid"><c>AC</c> followed by 32 hexadecimal digits.</param>
    /// <exception cref="FormatException">The SID is malformed.</exception>
    /// <exception cref="ArgumentException">The auth token is empty.</exception>
    public static TwilioCredentials AuthToken(string accountSid, string authToken) =>
        new(ParseUser(accountSid, SidKind.Account, "The user name"), RequireSecret(authToken), "the caller");

    /// <summary>
    /// Reads <c>TWILIO_API_KEY</c> and <c>TWILIO_API_SECRET</c>, otherwise <c>TWILIO_ACCOUNT_SID</c> and
    /// <c>TWILIO_AUTH_TOKEN</c>, with the region and edge in <c>TWILIO_REGION</c> and <c>TWILIO_EDGE</c>, if they are set.
    /// </summary>
    /// <exception cref="InvalidOperationException">Neither pair is set.</exception>
    /// <exception cref="FormatException">The SID is malformed.</exception>
    public static TwilioCredentials FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    /// <summary>
    /// Reads the API key of a profile that <c>twilio login</c> stored in <c>~/.twilio-cli/config.json</c>, with its region
    /// and edge.
    /// </summary>
    /// <param name="profile">The name; null means the active profile.</param>
    /// <exception cref="InvalidOperationException">There is no such profile, or its secret is not in the file.</exception>
    /// <exception cref="InvalidDataException">The file is not valid JSON.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="FormatException">The SID of the API key is malformed.</exception>
    public static TwilioCredentials FromTwilioCli(string? profile = null) =>
        FromTwilioCli(profile, Environment.GetEnvironmentVariable);

    internal static TwilioCredentials FromTwilioCli(string? profile, Func<string, string?> environment)
    {
        var file = TwilioCliProfiles.FindPath(environment);
        var profiles = file is not null && File.Exists(file) ? TwilioCliProfiles.ReadStrictly(file) : null;
        var found = profile is null ? profiles?.Active : profiles?.Find(profile);
        if (found is null)
        {
            var names = string.Join(", ", profiles?.Names ?? []);
            throw new InvalidOperationException(
                $"There is no {(profile is null ? "profile" : $"profile '{profile}'")} of the Twilio CLI in "
                    + $"{file ?? "~/.twilio-cli/config.json"} (profiles: {(names.Length > 0 ? names : "none")}). Run "
                    + "'twilio login'."
            );
        }

        var source = $"apiKey of the Twilio CLI profile '{found.Name}'";
        return found is { ApiKey: { } key, ApiSecret: { } secret }
            ? new TwilioCredentials(ParseUser(key, SidKind.ApiKey, source), secret, source)
            {
                Region = found.Region,
                Edge = profiles!.Edge,
            }
            : throw new InvalidOperationException(
                $"The Twilio CLI profile '{found.Name}' in {file} has no API secret, because it is in the system key "
                    + "chain. Update the CLI and run 'twilio login' again, or use environment variables."
            );
    }

    internal static TwilioCredentials FromEnvironment(Func<string, string?> environment)
    {
        return Read("TWILIO_API_KEY", "TWILIO_API_SECRET", SidKind.ApiKey)
            ?? Read("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", SidKind.Account)
            ?? throw new InvalidOperationException(
                "Set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
            );

        TwilioCredentials? Read(string userName, string secretName, SidKind kind)
        {
            var user = environment(userName)?.Trim();
            var secret = environment(secretName)?.Trim();
            return string.IsNullOrEmpty(user) || string.IsNullOrEmpty(secret)
                ? null
                : new TwilioCredentials(
                    ParseUser(user, kind, userName),
                    secret,
                    userName,
                    environment("TWILIO_AUTH_TOKEN")?.Trim()
                )
                {
                    LocationSource = "the environment",
                    Region = ReadText("TWILIO_REGION"),
                    Edge = ReadText("TWILIO_EDGE"),
                };
        }

        string? ReadText(string name) => environment(name)?.Trim() is { Length: > 0 } text ? text : null;
    }

    internal AuthenticationHeaderValue ToHeader() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{_secret}")));

    /// <summary>
    /// Computes the <c>X-Twilio-Signature</c> of a GET: Base64 of the HMAC-SHA1 of the full URL, with the auth token as
    /// the key.
    /// </summary>
    /// <returns>Null if the auth token is unknown.</returns>
#pragma warning disable CA5350 // The service requires HMAC-SHA1
    internal string? Sign(Uri address) =>
        string.IsNullOrEmpty(_authToken)
            ? null
            : Convert.ToBase64String(
                HMACSHA1.HashData(Encoding.UTF8.GetBytes(_authToken), Encoding.UTF8.GetBytes(address.AbsoluteUri))
            );
#pragma warning restore CA5350

    /// <summary>The message leaves the text out: it can be the secret, if the two are swapped.</summary>
    private static Sid ParseUser(string? text, SidKind kind, string source) =>
        Sid.TryParse(text, kind, out var sid)
            ? sid
            : throw new FormatException($"{source} is not the SID of {kind.Resource} ({kind.Format}).");

    private static string RequireSecret(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        return secret.Trim();
    }
}
