using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>The settings of an operation on Builds and sites, validated before its first request.</summary>
internal record DeploymentInput(ValidatedServiceSettings Service, ValidatedDeploymentSettings Deployment)
{
    /// <summary>
    /// Reads the settings of an operation on an existing Service that needs no manifest. If there is one, it names the
    /// Service if no setting does.
    /// </summary>
    /// <exception cref="AssetException">There are problems. The exception contains all of them.</exception>
    public static DeploymentInput Read(SettingValues settings, EngineContext context, bool createsEnvironment = false)
    {
        var problems = new DiagnosticBag();
        var input = TryRead(settings, context, createsEnvironment, problems);
        problems.Report(context.Logger);
        return input!;
    }

    /// <returns>Null if <paramref name="problems"/> has an error.</returns>
    /// <inheritdoc cref="Read"/>
    public static DeploymentInput? TryRead(
        SettingValues settings,
        EngineContext context,
        bool createsEnvironment,
        DiagnosticBag problems
    )
    {
        var readsManifest = !settings.NamesService && context.Files.Exists(settings.ManifestPath);
        var existing = settings.With(SettingTable.CreateService, false);
        var (service, deployment, _) = ReadParts(existing, context, createsEnvironment, readsManifest, problems);
        return problems.HasErrors ? null : new DeploymentInput(service!, deployment!);
    }

    /// <returns>All are null if there are problems, and the manifest also if it was not read.</returns>
    protected static (ValidatedServiceSettings?, ValidatedDeploymentSettings?, AssetManifest?) ReadParts(
        SettingValues settings,
        EngineContext context,
        bool createsEnvironment,
        bool readsManifest,
        DiagnosticBag problems
    )
    {
        var deployment = DeploymentSettingsValidator.Validate(settings, createsEnvironment, problems);
        var manifest = readsManifest ? TryReadManifest(settings.ManifestPath, context, problems) : null;
        var service = ServiceSettingsValidator.Validate(
            manifest is null || settings.NamesService
                ? settings
                : settings.With(SettingTable.ServiceSid, manifest.ServiceSid),
            context,
            problems,
            isServiceElsewhere: readsManifest
        );
        return (service, deployment, manifest);
    }

    private static AssetManifest? TryReadManifest(string path, EngineContext context, DiagnosticBag problems)
    {
        try
        {
            return ManifestReader.Read(path, context.Files);
        }
        catch (AssetException failure)
        {
            problems.AddRange(failure.Diagnostics);
            return null;
        }
    }
}

/// <summary>The settings of an operation, and the manifest that it requires.</summary>
internal sealed record ManifestInput(
    ValidatedServiceSettings Service,
    ValidatedDeploymentSettings Deployment,
    AssetManifest Manifest
) : DeploymentInput(Service, Deployment)
{
    /// <summary>Reads the settings and the manifest, which names the Service if no setting does.</summary>
    /// <exception cref="AssetException">There are problems. The exception contains all of them.</exception>
    public static new ManifestInput Read(SettingValues settings, EngineContext context, bool createsEnvironment = false)
    {
        var problems = new DiagnosticBag();
        var input = TryRead(settings, context, createsEnvironment, problems);
        problems.Report(context.Logger);
        return input!;
    }

    /// <returns>Null if <paramref name="problems"/> has an error.</returns>
    /// <inheritdoc cref="Read"/>
    public static new ManifestInput? TryRead(
        SettingValues settings,
        EngineContext context,
        bool createsEnvironment,
        DiagnosticBag problems
    )
    {
        var (service, deployment, manifest) = ReadParts(
            settings,
            context,
            createsEnvironment,
            readsManifest: true,
            problems
        );
        return problems.HasErrors ? null : new ManifestInput(service!, deployment!, manifest!);
    }
}
