namespace Serverless.Assets.Client;

/// <summary>The two origins of the service. Credentials are sent only to these.</summary>
/// <param name="Api">The REST API.</param>
/// <param name="Upload">The upload endpoint.</param>
internal sealed record ServiceOrigins(Uri Api, Uri Upload)
{
    private const string ApiHost = "serverless";
    private const string UploadHost = "serverless-upload";

    /// <summary>Uses the given origins. A null origin means Twilio's, with region and edge in the host name.</summary>
    /// <exception cref="UriFormatException">The region or edge is not valid in a host name.</exception>
    public static ServiceOrigins Create(Uri? api, Uri? upload, string? region, string? edge)
    {
        var location = GetLocation(region, edge);
        return new ServiceOrigins(
            api ?? new Uri($"https://{ApiHost}{location}.twilio.com"),
            upload ?? new Uri($"https://{UploadHost}{location}.twilio.com")
        );
    }

    /// <summary>Whether Twilio's REST API is at the address, in any region.</summary>
    public static bool IsTwilioApi(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        && address.IsDefaultPort
        && (
            address.Host.Equals($"{ApiHost}.twilio.com", StringComparison.OrdinalIgnoreCase)
            || (
                address.Host.StartsWith($"{ApiHost}.", StringComparison.OrdinalIgnoreCase)
                && address.Host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>
    /// Whether a URL is an origin to which credentials may be sent: <c>https://host</c>, or <c>http://</c> with a
    /// loopback address, and nothing after the host and port.
    /// </summary>
    public static bool IsOrigin(Uri address) =>
        address.IsAbsoluteUri
        && (
            address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && LoopbackNames.IsLoopback(address))
        )
        && address.PathAndQuery == "/"
        && address.Fragment.Length == 0
        && address.UserInfo.Length == 0;

    /// <summary>Whether credentials may be sent to the address.</summary>
    public bool Cover(Uri address) => IsAt(Api, address) || IsAt(Upload, address);

    private static bool IsAt(Uri origin, Uri address) =>
        Uri.Compare(
            origin,
            address,
            UriComponents.SchemeAndServer,
            UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;

    private static string GetLocation(string? region, string? edge)
    {
        if (region is null && edge is null)
        {
            return "";
        }

        region ??= Regions.Default;
        edge ??= Regions.FindEdge(region);
        return edge is null ? $".{region}" : $".{edge}.{region}";
    }
}
