using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Deployment;

/// <summary>Deploys a Build, writes the record beside the manifest, and rolls back when verification fails.</summary>
internal sealed class Deployer(OperationContext operation, Sid serviceSid, string manifestPath)
{
    /// <summary>Deploys a given Build, unless it is already deployed.</summary>
    /// <exception cref="AssetException">The Build is not deployed.</exception>
    public async Task<DeployResult> DeployAsync(
        EnvironmentResource environment,
        Sid build,
        DeploymentReason reason,
        CancellationToken cancellationToken
    )
    {
        var deployment = await new DeploymentCreator(operation.Client, serviceSid, operation.Engine)
            .DeployAsync(environment, build, cancellationToken)
            .ConfigureAwait(false);
        return deployment.IsLive
            ? Record(environment, deployment, reason)
            : throw new AssetException(
                DeploymentDiagnostics.DeploymentReplaced(build, environment.UniqueName, deployment.LiveBuildSid)
            );
    }

    /// <summary>Writes the record of a deployed Build.</summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    /// <param name="created">What this operation created or reused; null: it deployed a given Build.</param>
    /// <exception cref="AssetException">The record cannot be written; the Build is deployed.</exception>
    public DeployResult Record(
        EnvironmentResource environment,
        CreatedDeployment deployment,
        DeploymentReason reason,
        BuildResult? created = null
    )
    {
        var record = RecordFiles.Deployment(manifestPath, operation.Engine.Files);
        var result = CreateResult(environment, deployment, reason, created, record.Read());
        operation.PartialResult = result;
        record.Write(DeploymentRecord.From(result));
        return result;
    }

    /// <param name="last">The last record; null: none.</param>
    private DeployResult CreateResult(
        EnvironmentResource environment,
        CreatedDeployment deployment,
        DeploymentReason reason,
        BuildResult? created,
        DeploymentRecord? last
    )
    {
        var isChanged = environment.BuildSid != deployment.BuildSid;
        return new DeployResult(
            serviceSid,
            environment.UniqueName,
            environment.Sid,
            environment.DomainName,
            environment.Site.Url,
            deployment.BuildSid,
            deployment.DeploymentSid,
            isChanged ? environment.BuildSid : FindRecordedPrevious(last, environment, deployment.BuildSid),
            isChanged,
            VerifiedAssets: null
        )
        {
            Reason = reason,
            Build = created,
        };
    }

    /// <summary>
    /// Verifies the site after a deployment. When verification fails, deploys the previous Build again, unless someone
    /// else has deployed by then.
    /// </summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    /// <exception cref="AssetException">Verification failed. The last error says which Build is live.</exception>
    public async Task<DeployResult> VerifyAsync(
        EnvironmentResource environment,
        DeployResult deployed,
        AssetManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var verifier = new SiteVerifier(deployed.Url, operation.Settings, operation.Engine);
        IReadOnlyList<Diagnostic> problems;
        try
        {
            problems = await verifier.VerifyAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (operation.UserCancellation.IsCancellationRequested)
        {
            operation.Engine.Logger.Warn(DeploymentDiagnostics.NotVerified(deployed.BuildSid, deployed.Environment));
            throw;
        }
        catch (Exception)
        {
            Report(await RollBackAsync(environment, deployed).ConfigureAwait(false));
            throw;
        }

        if (problems.Count > 0)
        {
            Report(await RollBackAsync(environment, deployed).ConfigureAwait(false));
            throw new AssetException(problems);
        }

        return deployed with
        {
            VerifiedAssets = manifest.Assets.Count,
        };
    }

    /// <returns>The Build that was deployed before, if the last record is about the same Build.</returns>
    private static Sid? FindRecordedPrevious(DeploymentRecord? last, EnvironmentResource environment, Sid build) =>
        last is not null && last.BuildSid == build && last.EnvironmentSid == environment.Sid
            ? last.PreviousBuildSid
            : null;

    private void Report(RollbackOutcome rollback)
    {
        operation.PartialResult = rollback.Result;
        operation.AlsoReport(rollback.Error);
    }

    /// <summary>Deploys the previous Build again, even if the time limit of the operation has expired.</summary>
    private async Task<RollbackOutcome> RollBackAsync(EnvironmentResource environment, DeployResult deployed)
    {
        var failed = deployed.BuildSid;
        if (!deployed.IsChanged)
        {
            return RollbackOutcome.Failed(deployed, "the Build was already deployed before this run", failed);
        }

        if (deployed.PreviousBuildSid is not { } before)
        {
            return RollbackOutcome.Failed(deployed, "nothing was deployed before", failed);
        }

        // The time limit of the operation may have expired, so the few requests of a rollback have one of their own.
        using var limit = new CancellationTokenSource(operation.Settings.RequestTimeout * 3, operation.Engine.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, operation.UserCancellation);
        try
        {
            // Verification takes a while and fails on a site that someone else has deployed to, which must stay.
            var current = await operation
                .Client.Environments.FetchAsync(serviceSid, environment.Sid, stop.Token)
                .ConfigureAwait(false);
            if (current.BuildSid != failed)
            {
                const string reason = "someone else has changed the Environment during the verification";
                return RollbackOutcome.Failed(deployed, reason, current.BuildSid);
            }

            var deployment = await new DeploymentCreator(operation.Client, serviceSid, operation.Engine)
                .DeployAsync(current, before, stop.Token)
                .ConfigureAwait(false);
            return deployment.IsLive
                ? RollbackOutcome.Succeeded(RecordRollback(current, deployment, deployed.Build), failed)
                : RollbackOutcome.Failed(
                    deployed,
                    "someone else has deployed to the Environment during the rollback",
                    deployment.LiveBuildSid
                );
        }
        catch (AssetException failure)
        {
            return RollbackOutcome.Failed(deployed, failure.Diagnostics[0].Message, failed);
        }
        catch (ServerlessApiException failure)
        {
            return RollbackOutcome.Failed(deployed, failure.Message, failed);
        }
        catch (OperationCanceledException)
        {
            var reason = operation.UserCancellation.IsCancellationRequested ? "was canceled" : "timed out";
            return RollbackOutcome.Failed(deployed, $"the rollback {reason}", failed);
        }
    }

    private DeployResult RecordRollback(EnvironmentResource current, CreatedDeployment deployment, BuildResult? created)
    {
        var record = RecordFiles.Deployment(manifestPath, operation.Engine.Files);
        var result = CreateResult(current, deployment, DeploymentReason.Rollback, created, record.Read());
        try
        {
            record.Write(DeploymentRecord.From(result));
        }
        catch (AssetException failure)
        {
            operation.Engine.Logger.Log(LogLevel.Detail, $"{failure.Diagnostics[0].Message}");
        }

        return result;
    }

    /// <summary>How the rollback after a failed verification ended.</summary>
    /// <param name="Result">What is deployed now.</param>
    /// <param name="Error">Says which Build is live now.</param>
    private sealed record RollbackOutcome(DeployResult Result, Diagnostic Error)
    {
        /// <param name="failed">The Build that failed verification.</param>
        public static RollbackOutcome Succeeded(DeployResult result, Sid failed) =>
            new(result, DeploymentDiagnostics.RolledBack(result.Environment, failed, result.BuildSid));

        /// <param name="deployed">The Deployment that failed verification.</param>
        /// <param name="live">What is deployed now; null: nothing.</param>
        public static RollbackOutcome Failed(DeployResult deployed, string reason, Sid? live) =>
            new(
                deployed with
                {
                    LiveBuildSid = live,
                },
                DeploymentDiagnostics.RollbackFailed(deployed.Environment, deployed.BuildSid, reason, live)
            );
    }
}
