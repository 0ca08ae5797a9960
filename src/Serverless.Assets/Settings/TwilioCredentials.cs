using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Settings;

/// <summary>
/// A user and its secret. No <c>ToString</c>, no property of the secret: it leaves this class only as the header that
/// goes to the configured origins, and in signatures.
/// </summary>
internal sealed class TwilioCredentials
{
    private readonly string _secret;
    private readonly string? _authToken;

    /// <param name="authToken">Of the account, when the user is an API key and it is known too.</param>
    public TwilioCredentials(string user, string secret, string source, string? authToken = null)
    {
        User = user;
        Source = source;
        _secret = secret;
        _authToken = user.StartsWith(Sid.Account, StringComparison.Ordinal) ? secret : authToken;
    }

    /// <summary>The user that every emulator takes; no secret.</summary>
    public static TwilioCredentials OfEmulator { get; } =
        new("AC00000000000000000000000000000000", "00000000000000000000000000000000", "the emulator");

    /// <summary><c>SK…</c> or <c>AC…</c>: no secret.</summary>
    public string User { get; }

    /// <summary>Where they were found, for messages.</summary>
    public string Source { get; }

    /// <summary>The region that the key belongs to, when the source tells it: <c>ie1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>The edge that goes with it, when the source tells it: <c>dublin</c>.</summary>
    public string? Edge { get; init; }

    public AuthenticationHeaderValue ToHeader() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{_secret}")));

    /// <summary>
    /// The <c>X-Twilio-Signature</c> of a GET: Base64 of the HMAC-SHA1 of the full URL, keyed with the auth token.
    /// </summary>
    /// <returns>Null when the auth token is not known.</returns>
#pragma warning disable CA5350 // HMAC-SHA1 is what the service checks
    public string? Sign(Uri address) =>
        string.IsNullOrEmpty(_authToken)
            ? null
            : Convert.ToBase64String(
                HMACSHA1.HashData(Encoding.UTF8.GetBytes(_authToken), Encoding.UTF8.GetBytes(address.AbsoluteUri))
            );
#pragma warning restore CA5350
}
