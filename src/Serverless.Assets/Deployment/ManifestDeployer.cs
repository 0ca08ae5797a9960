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

    private readonly EnvironmentCreator _environments = new(
        operation.Client,
        manifest.ServiceSid,
        operation.Engine.Logger
    );

    /// <summary>Builds of this run that were live. Its later Builds are based on them.</summary>
    private readonly HashSet<Sid> _ownBuilds = [];

    /// <summary>The number of deployments by others so far.</summary>
    private int _changes;

    /// <summary>What this run has deployed, and not yet compared with what others have deployed.</summary>
    private (EnvironmentResource Environment, Sid Build)? _unsettled;

    private OverwrittenBuild? _overwritten;

    /// <summary>Deploys the manifest's Build, and writes the record beside the manifest.</summary>
    /// <param name="prepared">A Build that an earlier step prepared; null: this method creates or reuses one.</param>
    /// <exception cref="AssetException">The Build is not deployed, or the record cannot be written.</exception>
    public async Task<ManifestDeployment> DeployAsync(PreparedBuild? prepared, CancellationToken cancellationToken)
    {
        using var turn = await MachineLock
            .AcquireForDeploymentAsync(manifest.ServiceSid, settings.Environment, operation.Engine, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return await DeployUntilNothingIsLostAsync(prepared, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (_unsettled is not null)
        {
            var (environment, build) = _unsettled.Value;
            await _deployer.ReportUnsettledAsync(environment, build, _overwritten?.Sid).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ManifestDeployment> DeployUntilNothingIsLostAsync(
        PreparedBuild? prepared,
        CancellationToken cancellationToken
    )
    {
        BuildResult? built = null;
        var planned = await FindEnvironmentAsync(cancellationToken).ConfigureAwait(false);
        var lastOfOthers = planned?.BuildSid;
        while (true)
        {
            if (_overwritten is not null || prepared is null || prepared.LiveBuildSid != planned?.BuildSid)
            {
                built = await new BuildPreparation(operation, built?.Manifest ?? manifest, settings)
                    .PrepareAsync(planned, _overwritten, cancellationToken)
                    .ConfigureAwait(false);
                prepared = PreparedBuild.From(built);
            }

            // Preparing the Build may have taken a while.
            var isStale = built is not null && prepared.BuildSid != planned?.BuildSid;
            var current = isStale ? await FindEnvironmentAsync(cancellationToken).ConfigureAwait(false) : planned;
            var environment = await _environments
                .GetOrCreateAsync(current, settings, cancellationToken)
                .ConfigureAwait(false);
            if (environment.BuildSid != planned?.BuildSid)
            {
                (planned, lastOfOthers) = (environment, environment.BuildSid);
                await OnChangedAsync(lastOfOthers, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var attempt = await _deployer
                .TryDeployAsync(environment, prepared.BuildSid, cancellationToken)
                .ConfigureAwait(false);
            _unsettled = (environment, prepared.BuildSid);
            var replaced = await _deployer
                .FindOverwrittenAsync(environment, attempt, cancellationToken)
                .ConfigureAwait(false);
            _overwritten =
                replaced is { } build && !_ownBuilds.Contains(build)
                    ? new OverwrittenBuild(build, environment.BuildSid)
                    : null;
            if (attempt.IsLive && _overwritten is null)
            {
                // After a repetition, a Build of this run was live before. The record names the last one of others.
                _unsettled = null;
                var before = _ownBuilds.Count == 0 ? environment : environment with { BuildSid = lastOfOthers };
                var result = _deployer.Record(before, attempt, DeploymentReason.Deploy, built);
                return new ManifestDeployment(before, result, built?.Manifest ?? manifest);
            }

            _ownBuilds.Add(prepared.BuildSid);
            lastOfOthers = _overwritten?.Sid ?? attempt.LiveBuildSid;
            planned = environment with { BuildSid = attempt.LiveBuildSid };
            await OnChangedAsync(lastOfOthers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Pauses for a random time, so that two runs do not keep overwriting each other.</summary>
    /// <exception cref="AssetException">Others have deployed too often.</exception>
    private async Task OnChangedAsync(Sid? build, CancellationToken cancellationToken)
    {
        if (++_changes == MaxChanges)
        {
            throw new AssetException(DeploymentDiagnostics.LiveBuildChanged(settings.Environment, _changes));
        }

        operation.Engine.Logger.Log(
            LogLevel.Detail,
            $"Someone else deployed {build ?? "no Build"} to {settings.Environment} at the same time: trying again"
        );
        var pause = Pause * _changes * Random.Shared.NextDouble();
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
