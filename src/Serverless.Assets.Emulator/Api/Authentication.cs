using System.Text;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>HTTP Basic: an Account SID or API key SID and any password, or the one pair that was given.</summary>
internal sealed class Authentication(string? credentials)
{
    /// <summary>The account of requests that name an API key: which account a key belongs to is not known here.</summary>
    private const string DefaultAccount = "AC00000000000000000000000000000000";

    private const string Scheme = "Basic ";

    /// <returns>The account, null when the request is not allowed.</returns>
    public string? AccountOf(HttpRequest request)
    {
        if (Decode(request.Headers.Authorization.ToString()) is not { } given)
        {
            return null;
        }

        var colon = given.IndexOf(':', StringComparison.Ordinal);
        var user = given[..Math.Max(colon, 0)];
        var isAccount = Sid.IsSid(user, "AC");
        var allowed = credentials is null
            ? (isAccount || Sid.IsSid(user, "SK")) && colon + 1 < given.Length
            : given == credentials;
        return !allowed ? null
            : isAccount ? user
            : DefaultAccount;
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
