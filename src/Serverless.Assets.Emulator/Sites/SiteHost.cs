using System.Globalization;
using System.Net;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>
/// The host names of sites. They end with <c>.localhost</c>, which browsers resolve to the loopback address without
/// configuration.
/// </summary>
internal static class SiteHost
{
    private const string Suffix = ".localhost";

    /// <summary>The first label of a site's host name: <c>name-1234</c> or <c>name-1234-dev</c>.</summary>
    public static string CreateDomain(Service service, string domainSuffix) =>
        domainSuffix.Length == 0 ? service.DomainBase : $"{service.DomainBase}-{domainSuffix.ToLowerInvariant()}";

    /// <summary>Host name and port of an Environment's site.</summary>
    public static string GetHost(DeployEnvironment environment, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{environment.Domain}{Suffix}:{port}");

    /// <summary>
    /// The port at which the client of a request reaches the emulator. It is not always the port that the emulator
    /// listens on, which can be mapped to another one.
    /// </summary>
    public static int GetPort(HttpRequest request) => request.Host.Port ?? (request.IsHttps ? 443 : 80);

    /// <summary>
    /// Finds the domain of the site that a request is for; null if it is for the API or the control endpoints.
    /// </summary>
    public static string? FindDomain(HttpRequest request)
    {
        var host = GetName(request);
        return host.Length > Suffix.Length && host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
            ? host[..^Suffix.Length].ToLowerInvariant()
            : null;
    }

    /// <summary>
    /// Whether the host of a request is localhost or a loopback address. A page of another site cannot pass this check,
    /// even if its host name resolves to 127.0.0.1 (DNS rebinding).
    /// </summary>
    public static bool IsLoopback(HttpRequest request) =>
        GetName(request) is var name
        && (
            name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
        );

    /// <summary>Gets the host without its port and without the dot that ends a fully qualified name.</summary>
    public static string GetName(HttpRequest request) =>
        request.Host.Host is [.. var name, '.'] ? name : request.Host.Host;
}
