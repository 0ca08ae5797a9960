using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>
/// Finds the two origins of the service: those that are set, otherwise Twilio's with region and edge.
/// </summary>
internal static class OriginsValidator
{
    private const string TwilioDomain = ".twilio.com";

    /// <param name="credentials">May state the region that they belong to.</param>
    /// <returns>Null when <paramref name="problems"/> got an error.</returns>
    public static ServiceOrigins? Validate(
        SettingValues settings,
        TwilioCredentials? credentials,
        Func<string, string?> environment,
        DiagnosticBag problems
    )
    {
        var region = FindFirst(
            problems,
            out var isRegionValid,
            new($"{SettingTable.Region}", settings.Get(SettingTable.Region)),
            new($"TWILIO_REGION", environment("TWILIO_REGION")),
            new($"The region of {credentials?.Source}:", credentials?.Region)
        );
        var edge = FindFirst(
            problems,
            out var isEdgeValid,
            new($"{SettingTable.Edge}", settings.Get(SettingTable.Edge)),
            new($"TWILIO_EDGE", environment("TWILIO_EDGE")),
            new($"The edge of {credentials?.Source}:", credentials?.Edge)
        );
        if (region is not null && region.Equals("au1", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(ConfigurationDiagnostics.UnsupportedRegion(region));
        }

        if (!isRegionValid || !isEdgeValid)
        {
            return null;
        }

        var isValid =
            TryReadOrigin(SettingTable.ApiBaseUrl, settings, environment, problems, out var api)
                & TryReadOrigin(SettingTable.UploadBaseUrl, settings, environment, problems, out var upload)
            && CheckBoth(api, upload, problems);
        return isValid ? ServiceOrigins.Create(api, upload, region, edge) : null;
    }

    /// <returns>The first value that is set, which may not be valid; null: none.</returns>
    private static string? FindFirst(
        DiagnosticBag problems,
        out bool isValid,
        params IReadOnlyList<Candidate> candidates
    )
    {
        var first = candidates.FirstOrDefault(candidate => !string.IsNullOrWhiteSpace(candidate.Value));
        var value = first?.Value?.Trim();
        isValid = value is null || Regions.IsHostPart(value);
        if (!isValid)
        {
            problems.Add(ConfigurationDiagnostics.MalformedRegion(first!.Source, value!));
        }

        return value;
    }

    /// <param name="origin">Null when none is set.</param>
    private static bool TryReadOrigin(
        TextSetting setting,
        SettingValues settings,
        Func<string, string?> environment,
        DiagnosticBag problems,
        out Uri? origin
    )
    {
        origin = null;
        var value = settings.Get(setting);
        if (value.Length == 0)
        {
            return true;
        }

        if (Uri.TryCreate(value, UriKind.Absolute, out origin) && ServiceOrigins.IsOrigin(origin))
        {
            if (IsTrusted(setting, origin, settings, environment))
            {
                return true;
            }

            problems.Add(
                ConfigurationDiagnostics.UntrustedBaseUrl(
                    settings.Project.ConfigFile!,
                    setting.ConfigKey,
                    value,
                    setting,
                    setting.Property!
                )
            );
            return false;
        }

        problems.Add(ConfigurationDiagnostics.MalformedBaseUrl(setting, WithoutUser(value)));
        return false;
    }

    private static bool CheckBoth(Uri? api, Uri? upload, DiagnosticBag problems)
    {
        if (api is null == upload is null)
        {
            return true;
        }

        problems.Add(
            api is null
                ? ConfigurationDiagnostics.SingleBaseUrl(SettingTable.UploadBaseUrl, SettingTable.ApiBaseUrl)
                : ConfigurationDiagnostics.SingleBaseUrl(SettingTable.ApiBaseUrl, SettingTable.UploadBaseUrl)
        );
        return false;
    }

    /// <summary>
    /// A config file can only name hosts that get the credentials anyway, unless the environment names the same one.
    /// </summary>
    private static bool IsTrusted(
        TextSetting setting,
        Uri origin,
        SettingValues settings,
        Func<string, string?> environment
    ) =>
        !settings.IsFromConfigFile(setting)
        || LoopbackNames.IsLoopback(origin)
        || origin.IdnHost.EndsWith(TwilioDomain, StringComparison.OrdinalIgnoreCase)
        || settings.Get(setting) == environment(setting.Property!)?.Trim();

    /// <summary>A user name in an address may come with a password: neither is shown.</summary>
    private static string WithoutUser(string address) =>
        address.LastIndexOf('@') is >= 0 and var at ? "…" + address[at..] : address;

    /// <summary>A value that may be unset, and its origin as messages name it.</summary>
    private sealed record Candidate(SanitizedText Source, string? Value);
}
