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
        var readsManifest = !settings.NamesService && context.Files.Exists(settings.ManifestPath);
        var existing = settings.With(SettingTable.CreateService, false);
        return Read(existing, context, createsEnvironment, readsManifest).Input;
    }

    /// <returns>The manifest is null only if it was not read.</returns>
    protected static (DeploymentInput Input, AssetManifest? Manifest) Read(
        SettingValues settings,
        EngineContext context,
        bool createsEnvironment,
        bool readsManifest
    )
    {
        var problems = new DiagnosticBag();
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
        problems.Report(context.Logger);
        return (new DeploymentInput(service!, deployment!), manifest);
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
        var (input, manifest) = Read(settings, context, createsEnvironment, readsManifest: true);
        return new ManifestInput(input.Service, input.Deployment, manifest!);
    }
}
