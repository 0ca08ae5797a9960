using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client;

/// <summary>
/// Removes the secrets that this process uses from text that comes from outside: an error page that quotes the
/// <c>Authorization</c> header, or an exception that quotes the address of a proxy with its password. All messages pass
/// through it, and its secrets belong to the whole process, like the masked values of a CI system. Thread-safe.
/// </summary>
internal static partial class SecretRedactor
{
    /// <summary>Shown instead of a secret, as CI systems do.</summary>
    public const string Replacement = "***";

    /// <summary>
    /// Shorter texts are not secrets but words, which occur in any message. The service's secrets have 32 characters.
    /// </summary>
    private const int MinLength = 8;

    /// <summary>The variables of a user, and of the secret that is sent with it.</summary>
    private static readonly (string User, string Secret)[] CredentialVariables =
    [
        ("TWILIO_API_KEY", "TWILIO_API_SECRET"),
        ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ];

    private static readonly string[] ProxyVariables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];

    /// <summary>The longest first, because one may contain another.</summary>
    private static ImmutableList<KnownSecret> _secrets = [];

    /// <summary>Adds a secret in every form in which it is sent. <see cref="KnownSecret"/> knows its encodings.</summary>
    /// <param name="user">The user name that is sent with it.</param>
    public static void Add(string user, string secret)
    {
        if (secret.Length == 0 || secret == TwilioCredentials.EmulatorSecret)
        {
            return;
        }

        string[] base64 = [ToBase64(secret), ToBase64($"{user}:{secret}")];
        var forms = base64
            .Concat(base64.Select(text => text.Replace('+', '-').Replace('/', '_'))) // Base64url
            .Append(secret)
            .Where(form => form.Length >= MinLength)
            .Select(form => new KnownSecret(form))
            .ToList();
        ImmutableInterlocked.Update(
            ref _secrets,
            known =>
                [
                    .. known
                        .Concat(forms)
                        .DistinctBy(form => form.Text, StringComparer.Ordinal)
                        .OrderByDescending(form => form.Text.Length),
                ]
        );
    }

    /// <summary>
    /// Adds the secrets that environment variables contain, whether or not the run uses them. Call it before anything
    /// that a user wrote is read: someone may have passed a secret where something else belongs.
    /// </summary>
    public static void AddEnvironment(Func<string, string?> environment)
    {
        foreach (var (userName, secretName) in CredentialVariables)
        {
            Add(environment(userName)?.Trim() ?? "", environment(secretName)?.Trim() ?? "");
        }

        AddProxies(environment);
    }

    /// <summary>
    /// Adds the passwords in the addresses of the proxies that .NET uses. As .NET does, takes what is before the last
    /// <c>@</c> as user and password, which can contain any character and may be escaped.
    /// </summary>
    public static void AddProxies(Func<string, string?> environment)
    {
        foreach (var name in ProxyVariables.Concat(ProxyVariables.Select(name => name.ToLowerInvariant())))
        {
            var address = environment(name) ?? "";
            var credentials = address[..Math.Max(address.LastIndexOf('@'), 0)].Split("://", 2)[^1];
            foreach (var spelling in new[] { credentials, Uri.UnescapeDataString(credentials) })
            {
                if (spelling.Split(':', 2) is [var user, var password])
                {
                    Add(user, password);
                }
            }
        }
    }

    /// <summary>Replaces every secret, and the user name and password in every URL.</summary>
    public static string Redact(string text)
    {
        foreach (var secret in _secrets)
        {
            text = secret.ReplaceIn(text, Replacement);
        }

        return text.Contains('@', StringComparison.Ordinal)
            ? UserInfo().Replace(text, $"${{start}}{Replacement}@")
            : text;
    }

    /// <summary>Without padding, which is missing if more text follows.</summary>
    private static string ToBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');

    [GeneratedRegex(@"(?<start>://)[^\s/?#@:""']*:[^\s/?#@""']*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();
}
