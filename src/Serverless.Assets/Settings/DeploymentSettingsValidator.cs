using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Settings;

/// <summary>The settings of a Build and its deployment. Valid by construction.</summary>
/// <param name="Environment">Unique name of the Environment.</param>
/// <param name="DomainSuffix">Domain suffix of an Environment that is created; empty: none.</param>
/// <param name="KeepTime">How long <see cref="UnlistedAssetPolicy.KeepFor"/> keeps assets.</param>
/// <param name="Runtime">Null: that of the deployed Build.</param>
/// <param name="RollbackTo">SID of the Build to roll back to; null: the one that was deployed before.</param>
/// <param name="ManifestPath">Full path of the manifest.</param>
/// <param name="ProjectDirectory">Full path; the files of the manifest are relative to it.</param>
internal sealed record ValidatedDeploymentSettings(
    string Environment,
    string DomainSuffix,
    UnlistedAssetPolicy OtherAssets,
    TimeSpan KeepTime,
    ServiceLimits ServiceLimits,
    string? Runtime,
    bool Verify,
    Sid? RollbackTo,
    string ManifestPath,
    string ProjectDirectory
);

/// <summary>Turns <see cref="SettingValues"/> into <see cref="ValidatedDeploymentSettings"/>.</summary>
internal static partial class DeploymentSettingsValidator
{
    /// <summary>The value for no domain suffix: an empty text means that the setting is unset.</summary>
    public const string NoSuffix = "-";

    /// <param name="createsEnvironment">
    /// Whether the run may create the Environment, whose domain suffix is its name by default.
    /// </param>
    /// <param name="problems">
    /// Receives everything that is wrong, beginning with the values that the table rejects.
    /// </param>
    /// <returns>Null if <paramref name="problems"/> has an error.</returns>
    public static ValidatedDeploymentSettings? Validate(
        SettingValues settings,
        bool createsEnvironment,
        DiagnosticBag problems
    )
    {
        problems.AddRange(settings.FindProblems());
        var name = ReadEnvironment(settings, problems);
        var suffix = settings.Get(SettingTable.DomainSuffix) switch
        {
            NoSuffix => "",
            { Length: > 0 } given => given,
            _ => createsEnvironment ? name : "",
        };
        if (!ArgumentRules.IsDomainSuffix(suffix))
        {
            problems.Add(ConfigurationDiagnostics.MalformedDomainSuffix(suffix, ArgumentRules.MaxDomainSuffix));
        }

        var runtime = settings.Get(SettingTable.Runtime);
        if (runtime.Length > 0 && !NodeRuntime().IsMatch(runtime))
        {
            problems.Add(
                ConfigurationDiagnostics.InvalidSetting(SettingTable.Runtime, runtime, "a Node runtime such as node22")
            );
        }

        var rollbackTo = ReadRollbackTo(settings, problems);
        return problems.HasErrors
            ? null
            : new ValidatedDeploymentSettings(
                name,
                suffix,
                settings.Get(SettingTable.OtherAssets),
                TimeSpan.FromDays(settings.Get(SettingTable.KeepDays)),
                settings.Get(SettingTable.ServiceLimits),
                runtime.Length > 0 ? runtime : null,
                settings.Get(SettingTable.Verify),
                rollbackTo,
                settings.ManifestPath,
                settings.Project.Directory
            );
    }

    /// <summary>Reads the name of the Environment, which uploads without a deployment need too.</summary>
    public static string ReadEnvironment(SettingValues settings, DiagnosticBag problems)
    {
        var name = settings.Get(SettingTable.Environment);
        if (name.Length > ArgumentRules.MaxEnvironmentName || !Regions.IsHostPart(name))
        {
            problems.Add(ConfigurationDiagnostics.MalformedEnvironmentName(name, ArgumentRules.MaxEnvironmentName));
        }

        return name;
    }

    private static Sid? ReadRollbackTo(SettingValues settings, DiagnosticBag problems)
    {
        var value = settings.Get(SettingTable.RollbackTo);
        if (value.Length == 0)
        {
            return null;
        }

        if (Sid.TryParse(value, SidKind.Build, out var sid))
        {
            return sid;
        }

        problems.Add(
            DeploymentDiagnostics.BuildNotUsable(
                LogSanitizer.HideSecret(value),
                $"it is not a valid Build SID ({SidKind.Build.Format})"
            )
        );
        return null;
    }

    [GeneratedRegex(@"^node[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex NodeRuntime();
}
