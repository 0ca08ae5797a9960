using System.Text.RegularExpressions;

namespace Serverless.Assets.Client;

/// <summary>The regions and edges of Twilio.</summary>
internal static partial class Regions
{
    public const string Default = "us1";

    /// <summary>Regions with Twilio Serverless, for messages.</summary>
    public const string Supported = "us1 or ie1";

    /// <summary>Each region implies its local edge, as in Twilio's own tools.</summary>
    private static readonly Dictionary<string, string> EdgeOfRegion = new(StringComparer.OrdinalIgnoreCase)
    {
        ["us1"] = "ashburn",
        ["au1"] = "sydney",
        ["ie1"] = "dublin",
    };

    /// <summary>Shut down in April 2026, according to Twilio's documentation.</summary>
    private static readonly HashSet<string> Retired = new(StringComparer.OrdinalIgnoreCase)
    {
        "us2",
        "br1",
        "de1",
        "jp1",
        "sg1",
    };

    /// <returns>Null if the region has no edge of its own.</returns>
    public static string? FindEdge(string region) => EdgeOfRegion.GetValueOrDefault(region);

    public static bool IsRetired(string region) => Retired.Contains(region);

    /// <summary>Whether a region or an edge can be part of a host name: letters, digits and inner dashes.</summary>
    public static bool IsHostPart(string name) => HostPart().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostPart();
}
