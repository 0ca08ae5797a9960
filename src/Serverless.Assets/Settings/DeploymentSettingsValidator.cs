using System.Text.RegularExpressions;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>Turns <see cref="DeploymentSettings"/> into <see cref="ValidatedDeploymentSettings"/>, and collects all that is wrong with them.</summary>
internal static partial class DeploymentSettingsValidator
{
    /// <summary>The service's limit on an Environment's unique name.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The service's limit on a domain suffix.</summary>
    public const int MaxSuffixLength = 16;

    /// <summary>Asks for no domain suffix. Empty can't: it means that nothing is said. No suffix begins with a dash.</summary>
    public const string NoSuffix = "-";

    /// <param name="createsEnvironment">Whether an Environment may be created: only then it needs a domain suffix, which is its name by default.</param>
    /// <returns>Not to be used when <paramref name="problems"/> got an error.</returns>
    public static ValidatedDeploymentSettings Read(
        DeploymentSettings settings,
        bool createsEnvironment,
        DiagnosticBag problems
    )
    {
        var name = settings.Service.Environment;
        if (name.Length > MaxNameLength || !Label().IsMatch(name))
        {
            problems.Add(ConfigurationDiagnostics.MalformedEnvironmentName(name, MaxNameLength));
        }

        var suffix = settings.DomainSuffix is NoSuffix ? "" : settings.DomainSuffix ?? (createsEnvironment ? name : "");
        if (suffix.Length > MaxSuffixLength || (suffix.Length > 0 && !Label().IsMatch(suffix)))
        {
            problems.Add(ConfigurationDiagnostics.MalformedDomainSuffix(suffix, MaxSuffixLength));
        }

        if (settings.Runtime.Length > 0 && !NodeRuntime().IsMatch(settings.Runtime))
        {
            problems.Add(
                ConfigurationDiagnostics.InvalidSetting(
                    SettingTable.Runtime,
                    settings.Runtime,
                    "a Node runtime such as node22"
                )
            );
        }

        return new ValidatedDeploymentSettings(
            name,
            suffix,
            ReadOtherAssets(settings.OtherAssets, problems),
            settings.Runtime.Length > 0 ? settings.Runtime : null,
            settings.Verify
        );
    }

    private static UnlistedAssetPolicy ReadOtherAssets(string text, DiagnosticBag problems)
    {
        switch (text.ToUpperInvariant())
        {
            case "" or "KEEP":
                return UnlistedAssetPolicy.Keep;
            case "REMOVE":
                return UnlistedAssetPolicy.Remove;
            default:
                problems.Add(ConfigurationDiagnostics.InvalidSetting(SettingTable.OtherAssets, text));
                return UnlistedAssetPolicy.Keep;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex("^node[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex NodeRuntime();
}
