using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Deployment;

/// <summary>Deploys a Build, writes the record beside the manifest, and rolls back when verification fails.</summary>
internal sealed class Deployer(OperationContext operation, string serviceSid, string manifestPath)
{
    /// <summary>Deploys a Build, unless it is already deployed.</summary>
    /// <param name="created">What this operation created or reused; null: it deploys a given Build.</param>
    /// <exception cref="AssetException">The Build is not deployed.</exception>
    public async Task<DeployResult> DeployAsync(
        EnvironmentResource environment,
        string build,
        DeploymentReason reason,
        CancellationToken cancellationToken,
        BuildResult? created = null
    )
    {
        var deployment = await new DeploymentCreator(operation.Client, serviceSid, operation.Engine)
            .DeployAsync(environment, build, cancellationToken)
            .ConfigureAwait(false);
        return deployment.IsLive
            ? Record(environment, deployment, reason, created)
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
        var isChanged = !Sid.AreEqual(environment.BuildSid, deployment.BuildSid);
        var result = new DeployResult(
            serviceSid,
            environment.UniqueName,
            environment.Sid,
            environment.DomainName,
            environment.Site.Url,
            deployment.BuildSid,
            deployment.DeploymentSid,
            isChanged ? environment.BuildSid : FindRecordedPrevious(record.Read(), environment, deployment.BuildSid),
            isChanged,
            VerifiedAssets: null
        )
        {
            Reason = reason,
            Build = created,
        };
        operation.PartialResult = result;
        record.Write(DeploymentRecord.From(result));
        return result;
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
            operation.AlsoReport(await RollBackAsync(environment, deployed).ConfigureAwait(false));
            throw;
        }

        if (problems.Count > 0)
        {
            operation.AlsoReport(await RollBackAsync(environment, deployed).ConfigureAwait(false));
            throw new AssetException(problems);
        }

        return deployed with
        {
            VerifiedAssets = manifest.Assets.Count,
        };
    }

    /// <returns>The Build that was deployed before, if the last record is about the same Build.</returns>
    private static string? FindRecordedPrevious(
        DeploymentRecord? last,
        EnvironmentResource environment,
        string build
    ) =>
        last is not null && Sid.AreEqual(last.BuildSid, build) && Sid.AreEqual(last.EnvironmentSid, environment.Sid)
            ? last.PreviousBuildSid
            : null;

    /// <summary>Deploys the previous Build again, even if the time limit of the operation has expired.</summary>
    /// <returns>The error that says what is live now.</returns>
    private async Task<Diagnostic> RollBackAsync(EnvironmentResource environment, DeployResult deployed)
    {
        if (!deployed.IsChanged)
        {
            return NotRolledBack(deployed, "the Build was already deployed before this run", deployed.BuildSid);
        }

        if (deployed.PreviousBuildSid is not { } before)
        {
            return NotRolledBack(deployed, "nothing was deployed before", deployed.BuildSid);
        }

        // The time limit of the operation may have expired, so the few requests of a rollback have one of their own.
        using var limit = new CancellationTokenSource(operation.Settings.RequestTimeout * 3, operation.Engine.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, operation.UserCancellation);
        var live = deployed.BuildSid;
        try
        {
            // Verification takes a while and fails on a site that someone else has deployed to, which must stay.
            var current = await operation
                .Client.Environments.FetchAsync(serviceSid, environment.Sid, stop.Token)
                .ConfigureAwait(false);
            if (!Sid.AreEqual(current.BuildSid, live))
            {
                const string reason = "someone else has changed the Environment during the verification";
                return NotRolledBack(deployed, reason, current.BuildSid);
            }

            await DeployAsync(current, before, DeploymentReason.Rollback, stop.Token, deployed.Build)
                .ConfigureAwait(false);
            return DeploymentDiagnostics.RolledBack(environment.UniqueName, live, before);
        }
        catch (AssetException) when (operation.PartialResult is DeployResult { Reason: DeploymentReason.Rollback })
        {
            // Only the record is missing.
            return DeploymentDiagnostics.RolledBack(environment.UniqueName, live, before);
        }
        catch (Exception failure)
            when (failure is ServerlessApiException or AssetException or OperationCanceledException)
        {
            var reason = failure switch
            {
                AssetException { Diagnostics: [var first, ..] } => first.Message,
                OperationCanceledException => "the rollback was canceled",
                _ => failure.Message,
            };
            return NotRolledBack(deployed, reason, live);
        }
    }

    /// <param name="live">What is deployed now; null: nothing.</param>
    private Diagnostic NotRolledBack(DeployResult deployed, string reason, string? live)
    {
        operation.PartialResult = deployed with { LiveBuildSid = live };
        return DeploymentDiagnostics.RollbackFailed(deployed.Environment, deployed.BuildSid, reason, live);
    }
}
