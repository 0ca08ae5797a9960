using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>
/// Checks <c>X-Twilio-Signature</c>: Base64(HMAC-SHA1(auth token, full URL and, for a form POST, the sorted
/// parameters)).
/// </summary>
internal sealed class RequestSignature(string authToken)
{
    private const string Header = "X-Twilio-Signature";

    public async Task<bool> IsValidAsync(HttpRequest request)
    {
        var given = request.Headers[Header].ToString();
        if (given.Length == 0)
        {
            return false;
        }

        var text = new StringBuilder(GetUrl(request));
        if (request.HasFormContentType)
        {
            AppendFields(text, await request.ReadFormAsync(request.HttpContext.RequestAborted));
        }

        var expected = Sign(text.ToString());
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
    }

    private static void AppendFields(StringBuilder text, IFormCollection form)
    {
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Distinct().Order(StringComparer.Ordinal))
            {
                text.Append(name).Append(value);
            }
        }
    }

    private string Sign(string text)
    {
#pragma warning disable CA5350 // The service signs with SHA-1.
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    /// <summary>Gets the URL as it was sent, because decoding and re-encoding a path can change it.</summary>
    private static string GetUrl(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return $"{request.Scheme}://{request.Host}{target}";
    }
}
