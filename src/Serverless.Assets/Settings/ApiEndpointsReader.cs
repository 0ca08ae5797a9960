using System.Text.RegularExpressions;
using Serverless.Assets.Api;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>Finds the two origins of the service: those that are set, else Twilio's with region and edge in the host name.</summary>
internal static partial class ApiEndpointsReader
{
    private const string ApiHost = "serverless";
    private const string UploadHost = "serverless-upload";
    private const string DefaultRegion = "us1";

    /// <summary>A region without an edge implies the edge that lies in it, as the vendor's own tools have it.</summary>
    private static readonly Dictionary<string, string> EdgeOfRegion = new(StringComparer.OrdinalIgnoreCase)
    {
        ["us1"] = "ashburn",
        ["au1"] = "sydney",
        ["ie1"] = "dublin",
    };

    /// <param name="credentials">May tell the region that they belong to.</param>
    public static ApiEndpoints? Read(
        SettingValues settings,
        TwilioCredentials? credentials,
        Func<string, string?> environment,
        List<Diagnostic> problems
    )
    {
        var region = FirstSet(settings.Get(SettingTable.Region), environment("TWILIO_REGION"), credentials?.Region);
        var edge = FirstSet(settings.Get(SettingTable.Edge), environment("TWILIO_EDGE"), credentials?.Edge);
        var valid =
            CheckHostPart("ServerlessAssetsRegion", region, problems)
            & CheckHostPart("ServerlessAssetsEdge", edge, problems);
        if (region is not null && region.Equals("au1", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(ConfigurationDiagnostics.UnsupportedRegion(region));
        }

        if (!valid)
        {
            return null;
        }

        var api = ReadOrigin(
            "ServerlessAssetsApiBaseUrl",
            settings.Get(SettingTable.ApiBaseUrl),
            ApiHost,
            region,
            edge,
            problems
        );
        var upload = ReadOrigin(
            "ServerlessAssetsUploadBaseUrl",
            settings.Get(SettingTable.UploadBaseUrl),
            UploadHost,
            region,
            edge,
            problems
        );
        return api is null || upload is null ? null : new ApiEndpoints(api, upload);
    }

    private static string? FirstSet(params string?[] values) =>
        Array.Find(values, value => !string.IsNullOrWhiteSpace(value))?.Trim();

    private static bool CheckHostPart(string setting, string? value, List<Diagnostic> problems)
    {
        if (value is null || HostPart().IsMatch(value))
        {
            return true;
        }

        problems.Add(ConfigurationDiagnostics.MalformedRegion(setting, value));
        return false;
    }

    private static Uri? ReadOrigin(
        string setting,
        string? value,
        string host,
        string? region,
        string? edge,
        List<Diagnostic> problems
    )
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return new Uri($"https://{host}{LocationOf(region, edge)}.twilio.com");
        }

        if (
            Uri.TryCreate(value, UriKind.Absolute, out var origin)
            && (origin.Scheme == Uri.UriSchemeHttps || (origin.Scheme == Uri.UriSchemeHttp && origin.IsLoopback))
            && origin.PathAndQuery == "/"
            && origin.Fragment.Length == 0
            && origin.UserInfo.Length == 0
        )
        {
            return origin;
        }

        problems.Add(ConfigurationDiagnostics.MalformedBaseUrl(setting, WithoutUser(value)));
        return null;
    }

    /// <summary>A user name in an address may come with a password: neither is shown.</summary>
    private static string WithoutUser(string address) =>
        address.LastIndexOf('@') is >= 0 and var at ? "…" + address[at..] : address;

    private static string LocationOf(string? region, string? edge)
    {
        if (region is null && edge is null)
        {
            return "";
        }

        region ??= DefaultRegion;
        edge ??= EdgeOfRegion.GetValueOrDefault(region);
        return edge is null ? $".{region}" : $".{edge}.{region}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostPart();
}
