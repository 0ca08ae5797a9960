using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client;

/// <summary>
/// The address of a site. An instance is always valid: a host name (RFC 1123, at most 253 characters), with a port only
/// if the site is on this machine.
/// </summary>
public sealed partial record SiteAddress
{
    private const int MaxHostLength = 253;

    /// <summary>A part of a host name: 1 to 63 letters, digits and inner hyphens.</summary>
    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    private SiteAddress(string domain, bool isLocal)
    {
        Domain = domain;
        Url = new Uri($"{(isLocal ? Uri.UriSchemeHttp : Uri.UriSchemeHttps)}://{domain}/");
    }

    /// <summary>
    /// The host name, such as <c>my-app-1234-dev.twil.io</c>, or <c>my-app-1234-dev.localhost:5005</c>.
    /// </summary>
    public string Domain { get; }

    /// <summary>
    /// The root of the site. Uses https, except for sites on this machine, which the emulator serves.
    /// </summary>
    public Uri Url { get; }

    public static bool TryParse(string? domain, [NotNullWhen(true)] out SiteAddress? address)
    {
        address = null;
        if (domain is null || HostAndPort().Match(domain) is not { Success: true } match)
        {
            return false;
        }

        var host = match.Groups["host"].Value;
        var port = match.Groups["port"];
        var isLocal =
            host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        var isPortValid =
            !port.Success
            || (
                isLocal
                && ushort.TryParse(port.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 0
            );
        if (host.Length <= MaxHostLength && isPortValid)
        {
            address = new SiteAddress(domain, isLocal);
        }

        return address is not null;
    }

    /// <exception cref="FormatException">The text is not the domain of a site.</exception>
    public static SiteAddress Parse(string domain) =>
        TryParse(domain, out var address)
            ? address
            : throw new FormatException($"'{domain}' is not the domain of a site");

    public override string ToString() => Url.AbsoluteUri;

    [GeneratedRegex(
        @$"^(?<host>({Label}\.)*(?=[^.:]*[A-Za-z]){Label})(:(?<port>[0-9]{{1,5}}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex HostAndPort();
}
