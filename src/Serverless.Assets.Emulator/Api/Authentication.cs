using System.Text;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>HTTP Basic authentication.</summary>
/// <param name="credentials">
/// The only accepted <c>user:password</c>; null accepts any Account SID or API key SID with a password.
/// </param>
/// <param name="defaultAccountSid">
/// The account of all API keys, because the emulator does not know which account a key belongs to.
/// </param>
internal sealed class Authentication(string? credentials, string defaultAccountSid)
{
    private const string Scheme = "Basic ";

    /// <returns>
    /// The SID of the account that a request acts for, or null when its credentials are not accepted.
    /// </returns>
    public string? FindAccountSid(HttpRequest request)
    {
        if (Decode(request.Headers.Authorization.ToString()) is not { } given)
        {
            return null;
        }

        var colon = given.IndexOf(':', StringComparison.Ordinal);
        var user = given[..Math.Max(colon, 0)];
        var isAccount = Sid.IsSid(user, "AC");
        var isAccepted = credentials is null
            ? (isAccount || Sid.IsSid(user, "SK")) && colon + 1 < given.Length
            : given == credentials;
        return !isAccepted ? null
            : isAccount ? user
            : defaultAccountSid;
    }

    private static string? Decode(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }
}
