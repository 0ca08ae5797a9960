namespace Serverless.Assets.Deployment;

/// <summary>The address of a site.</summary>
internal static class SiteAddress
{
    /// <summary>Uses https, except for sites on this machine, which the emulator serves.</summary>
    public static Uri FromDomain(string domain)
    {
        var host = domain.Split(':')[0];
        var isLocal =
            host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return new Uri($"{(isLocal ? Uri.UriSchemeHttp : Uri.UriSchemeHttps)}://{domain}/");
    }
}
