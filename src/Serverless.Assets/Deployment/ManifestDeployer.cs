using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deploys the Build of a manifest without losing the deployments of others. A Build carries over what is deployed, and
/// the service has no conditional Deployment. So if another Build is deployed while this one is created, it is planned
/// again, and after each Deployment the list of Deployments shows whether it replaced the Build that it is based on. If
/// not, the next Build restores what was overwritten. All runs follow these rules, so the last Build contains the
/// assets of all of them.
/// </summary>
internal sealed class ManifestDeployer(
    OperationContext operation,
    AssetManifest manifest,
    ValidatedDeploymentSettings settings
)
{
    /// <summary>The number of deployments by others after which this one gives up.</summary>
    private const int MaxChanges = 10;

    /// <summary>The longest random pause after the first change; it grows with each one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Deployer _deployer = new(operation, manifest.ServiceSid, settings.ManifestPath);

    /// <summary>Deploys the manifest's Build, and writes the record beside the manifest.</summary>
    /// <param name="created">A Build that an earlier step created; null: this method creates or reuses one.</param>
    /// <exception cref="AssetException">The Build is not deployed, or the record cannot be written.</exception>
    public async Task<ManifestDeployment> DeployAsync(CreatedBuild? created, CancellationToken cancellationToken)
    {
        using var turn = await MachineLock
            .AcquireForDeploymentAsync(manifest.ServiceSid, settings.Environment, operation.Engine, cancellationToken)
            .ConfigureAwait(false);
        BuildResult? built = null;
        var changes = 0;
        var own = new HashSet<Sid>();
        OverwrittenBuild? overwritten = null;
        var environment = await FindEnvironmentAsync(cancellationToken).ConfigureAwait(false);
        var before = environment?.BuildSid;
        while (true)
        {
            if (overwritten is not null || created is null || created.LiveBuildSid != environment?.BuildSid)
            {
                built = await new BuildPreparation(operation, built?.Manifest ?? manifest, settings)
                    .PrepareAsync(environment, overwritten, cancellationToken)
                    .ConfigureAwait(false);
                created = new CreatedBuild(built.BuildSid, built.LiveBuildSid);
            }

            // Creating the Build may have taken a while.
            var current =
                built is null || created.BuildSid == environment?.BuildSid
                    ? environment
                    : await FindEnvironmentAsync(cancellationToken).ConfigureAwait(false);
            var target = await new EnvironmentCreator(operation.Client, manifest.ServiceSid, operation.Engine.Logger)
                .GetOrCreateAsync(current, settings, cancellationToken)
                .ConfigureAwait(false);
            if (target.BuildSid != environment?.BuildSid)
            {
                (environment, before) = (target, target.BuildSid);
                await OnChangedAsync(++changes, before, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var deployment = await _deployer
                .CreateAsync(target, created.BuildSid, cancellationToken)
                .ConfigureAwait(false);
            overwritten =
                target.BuildSid == created.BuildSid
                    ? null
                    : await FindOverwrittenAsync(target, deployment, own, cancellationToken).ConfigureAwait(false);
            if (deployment.IsLive && overwritten is null)
            {
                var replaced = own.Count == 0 ? target : target with { BuildSid = before };
                var result = _deployer.Record(replaced, deployment, DeploymentReason.Deploy, built);
                return new ManifestDeployment(replaced, result, built?.Manifest ?? manifest);
            }

            own.Add(created.BuildSid);
            before = overwritten?.Sid ?? deployment.LiveBuildSid;
            environment = target with { BuildSid = deployment.LiveBuildSid };
            await OnChangedAsync(++changes, before, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Finds a Build that the Deployment replaced although its own Build is not based on it.</summary>
    /// <param name="before">The Environment before the Deployment, whose Build it carries over.</param>
    /// <param name="own">Earlier Builds of this run, which it carries over too.</param>
    private async Task<OverwrittenBuild?> FindOverwrittenAsync(
        EnvironmentResource before,
        CreatedDeployment deployment,
        HashSet<Sid> own,
        CancellationToken cancellationToken
    )
    {
        var replaced = await new DeploymentCreator(operation.Client, manifest.ServiceSid, operation.Engine)
            .FindReplacedAsync(before, deployment, cancellationToken)
            .ConfigureAwait(false);
        return replaced is { } build && build != before.BuildSid && !own.Contains(build)
            ? new OverwrittenBuild(build, before.BuildSid)
            : null;
    }

    /// <summary>Pauses for a random time, so that two runs do not keep overwriting each other.</summary>
    /// <exception cref="AssetException">Others have deployed too often.</exception>
    private async Task OnChangedAsync(int changes, Sid? build, CancellationToken cancellationToken)
    {
        if (changes == MaxChanges)
        {
            throw new AssetException(DeploymentDiagnostics.LiveBuildChanged(settings.Environment, changes));
        }

        operation.Engine.Logger.Log(
            LogLevel.Detail,
            $"Someone else deployed {build ?? "no Build"} to {settings.Environment} at the same time: trying again"
        );
        var pause = Pause * changes * Random.Shared.NextDouble();
        await Task.Delay(pause, operation.Engine.Clock, cancellationToken).ConfigureAwait(false);
    }

    private Task<EnvironmentResource?> FindEnvironmentAsync(CancellationToken cancellationToken) =>
        operation.Client.Environments.FindAsync(manifest.ServiceSid, settings.Environment, cancellationToken);
}

/// <summary>A deployment of the manifest's Build.</summary>
/// <param name="Before">The Environment with the Build that was deployed before.</param>
/// <param name="Manifest">
/// The deployed manifest: a new one if expired Asset Versions were uploaded again.
/// </param>
internal sealed record ManifestDeployment(EnvironmentResource Before, DeployResult Result, AssetManifest Manifest);
