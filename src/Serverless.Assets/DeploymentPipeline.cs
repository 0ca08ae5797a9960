using Serverless.Assets.Connection;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Verification;

namespace Serverless.Assets;

/// <summary>
/// From the manifest to the deployed site: plan and create the Build, deploy it, record the result, verify the site;
/// and deploy the Build of an earlier deployment or of another Environment. Needs the manifest and credentials only.
/// </summary>
/// <remarks>Each method throws an <see cref="AssetException"/> that contains all problems.</remarks>
internal sealed class DeploymentPipeline(EngineContext context)
{
    private readonly OperationRunner _runner = new(context);

    /// <summary>
    /// Creates or reuses the Build of the manifest, based on what is deployed to the Environment. Deploys nothing.
    /// </summary>
    public Task<BuildResult> BuildAsync(SettingValues settings, CancellationToken cancellationToken)
    {
        var input = ManifestInput.Read(settings, context);
        return _runner.RunAsync(
            "build",
            input.Service,
            async (operation, token) =>
            {
                await new ManifestOwnershipCheck(operation, input).CheckAsync(token).ConfigureAwait(false);
                RecordOwnershipCheck.Check(input.Deployment.ManifestPath, input.Manifest, context.Files);
                var environment = await operation
                    .Client.Environments.FindAsync(input.Manifest.ServiceSid, input.Deployment.Environment, token)
                    .ConfigureAwait(false);
                return await new BuildPreparation(operation, input.Manifest, input.Deployment)
                    .PrepareAsync(environment, overwritten: null, token)
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    /// <summary>Deploys the manifest's Build to the Environment, which is created if it does not exist.</summary>
    /// <param name="prepared">
    /// The Build of <see cref="BuildAsync"/>, if it ran earlier in this process. It is deployed if the Build that was
    /// live at that time still is; otherwise, and when it is null, the manifest's Build is created or reused here.
    /// </param>
    public Task<DeployResult> DeployAsync(
        SettingValues settings,
        PreparedBuild? prepared,
        CancellationToken cancellationToken
    )
    {
        var input = ManifestInput.Read(settings, context, createsEnvironment: true);
        return _runner.RunAsync(
            "deploy",
            input.Service,
            async (operation, token) =>
            {
                await new ManifestOwnershipCheck(operation, input).CheckAsync(token).ConfigureAwait(false);
                RecordOwnershipCheck.Check(input.Deployment.ManifestPath, input.Manifest, context.Files);
                var deployed = await new ManifestDeployer(operation, input.Manifest, input.Deployment)
                    .DeployAsync(prepared, token)
                    .ConfigureAwait(false);
                return input.Deployment.Verify
                    ? await new DeploymentVerifier(operation, deployed, input.Deployment.ManifestPath)
                        .VerifyOrRollBackAsync(token)
                        .ConfigureAwait(false)
                    : deployed.Result;
            },
            cancellationToken
        );
    }

    /// <summary>Fetches the site and compares it with the manifest.</summary>
    public Task<VerifyResult> VerifyAsync(SettingValues settings, CancellationToken cancellationToken)
    {
        var input = ManifestInput.Read(settings, context);
        return _runner.RunAsync(
            "verify",
            input.Service,
            async (operation, token) =>
            {
                await new ManifestOwnershipCheck(operation, input).CheckAsync(token).ConfigureAwait(false);
                var environment = await new DeployedEnvironments(operation.Client, input.Manifest.ServiceSid)
                    .GetAsync(input.Deployment.Environment, SettingTable.Environment, token)
                    .ConfigureAwait(false);
                var problems = await new SiteVerifier(environment.Site.Url, operation.Settings, context)
                    .VerifyAsync(input.Manifest, token)
                    .ConfigureAwait(false);
                return problems.Count == 0
                    ? VerifyResult.From(environment, input.Manifest)
                    : throw new AssetException(problems);
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Deploys the Build that <see cref="SettingTable.RollbackTo"/> names, or else the one that was deployed before.
    /// </summary>
    public Task<DeployResult> RollbackAsync(SettingValues settings, CancellationToken cancellationToken)
    {
        var (service, deployment) = DeploymentInput.Read(settings, context);
        return _runner.RunAsync(
            "rollback",
            service,
            async (operation, token) =>
            {
                var serviceSid = await operation.ServiceResolver.GetSidAsync(token).ConfigureAwait(false);
                using var turn = await MachineLock
                    .AcquireForDeploymentAsync(serviceSid, deployment.Environment, context, token)
                    .ConfigureAwait(false);
                var environment = await new DeployedEnvironments(operation.Client, serviceSid)
                    .GetAsync(deployment.Environment, SettingTable.Environment, token)
                    .ConfigureAwait(false);
                var build = await new RollbackTarget(operation.Client, serviceSid)
                    .FindAsync(environment, deployment.RollbackTo, token)
                    .ConfigureAwait(false);
                return await new Deployer(operation, serviceSid, deployment.ManifestPath)
                    .DeployAsync(environment, build, DeploymentReason.Rollback, token)
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Deploys the Build of the Environment that <see cref="SettingTable.PromoteFrom"/> names to another one, which is
    /// created if it does not exist.
    /// </summary>
    public Task<DeployResult> PromoteAsync(SettingValues settings, CancellationToken cancellationToken)
    {
        var (service, deployment) = DeploymentInput.Read(settings, context, createsEnvironment: true);
        return _runner.RunAsync(
            "promote",
            service,
            async (operation, token) =>
            {
                var serviceSid = await operation.ServiceResolver.GetSidAsync(token).ConfigureAwait(false);
                using var turn = await MachineLock
                    .AcquireForDeploymentAsync(serviceSid, deployment.Environment, context, token)
                    .ConfigureAwait(false);
                var source = await new DeployedEnvironments(operation.Client, serviceSid)
                    .GetAsync(settings.Get(SettingTable.PromoteFrom), SettingTable.PromoteFrom, token)
                    .ConfigureAwait(false);
                var target = await new EnvironmentCreator(operation.Client, serviceSid, context.Logger)
                    .FindOrCreateAsync(deployment, token)
                    .ConfigureAwait(false);
                return await new Deployer(operation, serviceSid, deployment.ManifestPath)
                    .DeployAsync(
                        target,
                        source.BuildSid!.Value,
                        DeploymentReason.PromotionFrom(source.UniqueName),
                        token
                    )
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }
}
