using System.Net;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The hosts besides the loopback addresses at which clients may use the API and the control endpoints.</summary>
internal sealed class HostNames(ServerlessEmulatorOptions options)
{
    /// <summary>What <see cref="FindInvalid"/> accepts.</summary>
    public const string Expected = "host names or IP addresses without port and wildcard, such as emulator";

    /// <returns>The first that is not a host name or an IP address; null if there is none.</returns>
    public static string? FindInvalid(IEnumerable<string> names) =>
        names.FirstOrDefault(name => Uri.CheckHostName(name) == UriHostNameType.Unknown);

    /// <param name="name">The host of a request, without its port.</param>
    public bool Contains(string name) =>
        options.AllowedHosts.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (
            IPAddress.TryParse(name, out var address)
            && !IsAny(address)
            && (address.Equals(options.ListenAddress) || options.AllowedHosts.Any(host => IsAddress(host, address)))
        );

    private static bool IsAddress(string host, IPAddress address) =>
        IPAddress.TryParse(host, out var allowed) && allowed.Equals(address);

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
