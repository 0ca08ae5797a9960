using System.Globalization;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>Where sites are: below <c>.localhost</c>, which browsers take to the loopback address without any set-up.</summary>
internal static class SiteHost
{
    private const string Tail = ".localhost";

    /// <summary>The label of a site: <c>name-1234</c> or <c>name-1234-dev</c>.</summary>
    public static string Domain(Service service, string suffix) =>
        suffix.Length == 0 ? service.DomainBase : $"{service.DomainBase}-{suffix.ToLowerInvariant()}";

    /// <summary>Host and port of an Environment's site.</summary>
    public static string Of(DeployEnvironment environment, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{environment.Domain}{Tail}:{port}");

    /// <summary>The label of the site that a request is for; null when it is for the API or the emulator itself.</summary>
    public static string? DomainOf(HttpRequest request)
    {
        var host = request.Host.Host;
        return host.Length > Tail.Length && host.EndsWith(Tail, StringComparison.OrdinalIgnoreCase)
            ? host[..^Tail.Length].ToLowerInvariant()
            : null;
    }

    /// <summary>
    /// Whether a request names this machine. A page of a foreign host whose name someone points at 127.0.0.1 does not,
    /// and so cannot read private contents.
    /// </summary>
    public static bool IsLoopback(HttpRequest request) => request.Host.Host is "127.0.0.1" or "localhost" or "[::1]";
}
