using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deploys the previous Build again after a failed verification, unless someone else has deployed by then.
/// </summary>
/// <param name="manifestPath">Full path of the manifest, beside which the record is written.</param>
internal sealed class DeploymentRollback(OperationContext operation, ManifestDeployment deployment, string manifestPath)
{
    private readonly DeployResult _deployed = deployment.Result;
    private readonly Sid _serviceSid = deployment.Manifest.ServiceSid;

    /// <summary>Deploys the previous Build again, even if the time limit of the operation has expired.</summary>
    public async Task<RollbackOutcome> RollBackAsync()
    {
        var failed = _deployed.BuildSid;
        if (!_deployed.IsChanged)
        {
            return Failed("the Build was already deployed before this run", LiveBuildStatus.Known(failed));
        }

        if (_deployed.PreviousBuildSid is not { } before)
        {
            return Failed("nothing was deployed before", LiveBuildStatus.Known(failed));
        }

        // The time limit of the operation may have expired, so the few requests of a rollback have one of their own.
        using var limit = new CancellationTokenSource(operation.Settings.RequestTimeout * 3, operation.Engine.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, operation.UserCancellation);
        try
        {
            return await DeployAgainAsync(before, stop.Token).ConfigureAwait(false);
        }
        catch (AssetException failure)
        {
            return await CheckAsync(before, failure.Diagnostics[0].Message).ConfigureAwait(false);
        }
        catch (ServerlessApiException failure)
        {
            return await CheckAsync(before, failure.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var reason = operation.UserCancellation.IsCancellationRequested ? "was canceled" : "timed out";
            return await CheckAsync(before, $"the rollback {reason}").ConfigureAwait(false);
        }
    }

    private async Task<RollbackOutcome> DeployAgainAsync(Sid before, CancellationToken cancellationToken)
    {
        using var turn = await MachineLock
            .AcquireForDeploymentAsync(_serviceSid, _deployed.Environment, operation.Engine, cancellationToken)
            .ConfigureAwait(false);

        // Verification takes a while and fails on a site that someone else has deployed to, which must stay.
        var current = await operation
            .Client.Environments.FetchAsync(_serviceSid, deployment.Before.Sid, cancellationToken)
            .ConfigureAwait(false);
        if (current.BuildSid != _deployed.BuildSid)
        {
            return Failed(
                "someone else has changed the Environment during the verification",
                LiveBuildStatus.Known(current.BuildSid)
            );
        }

        var creator = new DeploymentCreator(operation.Client, _serviceSid, operation.Engine);
        var rollback = await creator.CreateAsync(current, before, cancellationToken).ConfigureAwait(false);
        if (!rollback.IsLive)
        {
            return FailedBecauseOfOthers(rollback.LiveBuildSid);
        }

        var overwritten = await creator
            .FindOverwrittenAsync(current, rollback, cancellationToken)
            .ConfigureAwait(false);
        if (overwritten is not { } others)
        {
            return Succeeded(rollback);
        }

        var restored = await creator
            .CreateAsync(current with { BuildSid = before }, others, cancellationToken)
            .ConfigureAwait(false);
        return FailedBecauseOfOthers(restored.LiveBuildSid);
    }

    private RollbackOutcome FailedBecauseOfOthers(Sid live) =>
        Failed("someone else has deployed to the Environment during the rollback", LiveBuildStatus.Known(live));

    /// <summary>Finds out what is live after a rollback that failed: the service may have carried it out.</summary>
    private async Task<RollbackOutcome> CheckAsync(Sid before, string reason)
    {
        var live = await new DeployedEnvironments(operation.Client, _serviceSid)
            .GetStatusAsync(deployment.Before, operation)
            .ConfigureAwait(false);
        return live == LiveBuildStatus.Known(before)
            ? Succeeded(new DeploymentAttempt(before, DeploymentSid: null, before))
            : Failed(reason, live);
    }

    private RollbackOutcome Succeeded(DeploymentAttempt rollback)
    {
        var failed = deployment.Before with { BuildSid = _deployed.BuildSid };
        var result = new Deployer(operation, _serviceSid, manifestPath).RecordRollback(
            failed,
            rollback,
            _deployed.Build
        );
        return new RollbackOutcome(
            result,
            DeploymentDiagnostics.RolledBack(result.Environment, _deployed.BuildSid, result.BuildSid)
        );
    }

    private RollbackOutcome Failed(string reason, LiveBuildStatus live) =>
        new(
            _deployed with
            {
                Live = live,
            },
            DeploymentDiagnostics.RollbackFailed(
                _deployed.Environment,
                _deployed.BuildSid,
                reason,
                live.Describe(_deployed.Environment)
            )
        );
}

/// <summary>How the rollback after a failed verification ended.</summary>
/// <param name="Result">What is deployed now.</param>
/// <param name="Error">Says which Build is live now.</param>
internal sealed record RollbackOutcome(DeployResult Result, Diagnostic Error);
