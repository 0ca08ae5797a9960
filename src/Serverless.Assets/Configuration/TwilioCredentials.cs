using System.Net.Http.Headers;
using System.Text;

namespace Serverless.Assets.Configuration;

/// <summary>
/// A user and its secret. No <c>ToString</c>, no property of the secret: it leaves this class only as the header that
/// goes to the configured origins.
/// </summary>
internal sealed class TwilioCredentials
{
    private readonly string _secret;

    public TwilioCredentials(string user, string secret, string source)
    {
        User = user;
        Source = source;
        _secret = secret;
    }

    /// <summary>The user that every emulator takes; no secret.</summary>
    public static TwilioCredentials OfEmulator { get; } = new("AC00000000000000000000000000000000", "00000000000000000000000000000000", "the emulator");

    /// <summary><c>SK…</c> or <c>AC…</c>: no secret.</summary>
    public string User { get; }

    /// <summary>Where they were found, for messages.</summary>
    public string Source { get; }

    public AuthenticationHeaderValue ToHeader() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{_secret}")));
}
