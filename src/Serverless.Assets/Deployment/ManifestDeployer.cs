using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deploys the Build of a manifest. A Build carries over what is deployed, so if another Build is deployed while this
/// one is created, it is planned and created again: the other deployment must not be lost.
/// </summary>
internal sealed class ManifestDeployer(
    OperationContext operation,
    ValidatedDeploymentSettings options,
    SettingValues settings,
    EngineContext context
)
{
    /// <summary>
    /// How often other deployments may replace the Build that a new one is based on before the run gives up.
    /// </summary>
    private const int MaxChanges = 3;

    /// <param name="created">A Build that an earlier step created; null: this method creates or reuses one.</param>
    /// <exception cref="RunStoppedException">The run stopped after a Build was created.</exception>
    public async Task<DeployResult> DeployAsync(
        AssetManifest manifest,
        CreatedBuild? created,
        CancellationToken cancellationToken
    )
    {
        BuildResult? built = null;
        try
        {
            var changes = 0;
            var known = await FindEnvironmentAsync(manifest.ServiceSid, cancellationToken).ConfigureAwait(false);
            while (created is null || created.LiveBuildSid != known?.BuildSid)
            {
                if (created is not null && ++changes == MaxChanges)
                {
                    throw new AssetException(DeploymentDiagnostics.LiveBuildChanged(options.Environment, changes));
                }

                built = await new BuildPreparation(operation, manifest, options, settings, context)
                    .PrepareAsync(known, cancellationToken)
                    .ConfigureAwait(false);
                created = new CreatedBuild(built.BuildSid, built.LiveBuildSid);
                manifest = built.Manifest;
                if (built.BuildSid == known?.BuildSid)
                {
                    break; // It is deployed already.
                }

                // Creating the Build, or waiting for it, took a while: another one may be deployed by now.
                known = await FindEnvironmentAsync(manifest.ServiceSid, cancellationToken).ConfigureAwait(false);
            }

            var deployed = await DeployToAsync(known, created.BuildSid, manifest, cancellationToken)
                .ConfigureAwait(false);
            return deployed with { Build = built };
        }
        catch (Exception failure) when (built is not null)
        {
            throw failure is RunStoppedException { PartialResult: DeployResult deployed } stopped
                ? new RunStoppedException(deployed with { Build = built }, stopped.Reason)
                : new RunStoppedException(built, failure);
        }
    }

    private Task<EnvironmentResource?> FindEnvironmentAsync(string serviceSid, CancellationToken cancellationToken) =>
        operation.Client.Environments.FindAsync(serviceSid, options.Environment, cancellationToken);

    /// <param name="known">The Environment; null: it is created.</param>
    private async Task<DeployResult> DeployToAsync(
        EnvironmentResource? known,
        string buildSid,
        AssetManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var environment = await new EnvironmentCreator(operation.Client, manifest.ServiceSid, context.Logger)
            .GetOrCreateAsync(known, options, cancellationToken)
            .ConfigureAwait(false);
        var deployer = new Deployer(operation, manifest.ServiceSid, settings.ManifestPath, context);
        return options.Verify
            ? await deployer
                .DeployAndVerifyAsync(environment, buildSid, manifest, cancellationToken)
                .ConfigureAwait(false)
            : await deployer
                .DeployAsync(environment, buildSid, DeploymentReason.Deploy, cancellationToken)
                .ConfigureAwait(false);
    }
}
