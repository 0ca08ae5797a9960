using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>
/// Checks <c>X-Twilio-Signature</c>: Base64(HMAC-SHA1(auth token, full URL and, for a form, the sorted fields)). Another
/// body is signed by its SHA-256, which the URL contains as <c>bodySHA256</c>.
/// </summary>
internal sealed class RequestSignature(string authToken)
{
    public const string Header = "X-Twilio-Signature";

    private const string HashParameter = "bodySHA256";

    /// <exception cref="ApiException">The body is malformed, or too large to be read into memory.</exception>
    public async Task<bool> IsValidAsync(HttpRequest request)
    {
        var given = request.Headers[Header].ToString();
        if (given.Length == 0)
        {
            return false;
        }

        var body = await FormText.ReadAsync(request.Body, request.HttpContext.RequestAborted);
        var fields = "";
        if (FindHash(request) is { } hash)
        {
            if (hash != Convert.ToHexStringLower(SHA256.HashData(body.Span)))
            {
                return false;
            }
        }
        else if (IsForm(request))
        {
            fields = JoinFields(FormText.Decode(body.Span));
        }
        else if (!body.IsEmpty)
        {
            return false; // nothing signs it
        }

        return Matches(given, GetUrl(request, request.Host) + fields)
            || Matches(given, GetUrl(request, new HostString(request.Host.Host)) + fields);
    }

    /// <summary>Gets the URL as it was sent, because decoding and encoding a path again can change it.</summary>
    /// <param name="host">Twilio signs with the port or without it, and its own libraries accept both.</param>
    public static string GetUrl(HttpRequest request, HostString host)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return string.Create(CultureInfo.InvariantCulture, $"{request.Scheme}://{host}{target}");
    }

    private static string? FindHash(HttpRequest request)
    {
        string? hash = null;
        foreach (var parameter in new QueryStringEnumerable(request.QueryString.Value))
        {
            if (parameter.DecodeName().Span.SequenceEqual(HashParameter))
            {
                hash = parameter.DecodeValue().ToString();
            }
        }

        return hash;
    }

    private static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>Joins the fields, sorted by name. One that is repeated counts once for each of its values.</summary>
    private static string JoinFields(string form)
    {
        var fields = new SortedSet<(string Name, string Value)>(
            Comparer<(string Name, string Value)>.Create(
                (a, b) =>
                    string.CompareOrdinal(a.Name, b.Name) is var names and not 0
                        ? names
                        : string.CompareOrdinal(a.Value, b.Value)
            )
        );
        foreach (var field in new QueryStringEnumerable("?" + form))
        {
            fields.Add((field.DecodeName().ToString(), field.DecodeValue().ToString()));
        }

        return string.Concat(fields.Select(field => field.Name + field.Value));
    }

    private bool Matches(string given, string text)
    {
#pragma warning disable CA5350 // The service signs with SHA-1.
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(given),
            Encoding.UTF8.GetBytes(Convert.ToBase64String(hash))
        );
    }
}
