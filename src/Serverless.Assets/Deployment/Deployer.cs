using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Verification;

namespace Serverless.Assets.Deployment;

/// <summary>Deploys a Build, writes the record beside the manifest, and rolls back when verification fails.</summary>
internal sealed class Deployer(
    OperationContext operation,
    string serviceSid,
    string manifestPath,
    EngineContext context
)
{
    /// <summary>Deploys a Build, unless it is already deployed.</summary>
    /// <exception cref="AssetException">The Build is not deployed.</exception>
    public async Task<DeployResult> DeployAsync(
        EnvironmentResource environment,
        string build,
        DeploymentReason reason,
        CancellationToken cancellationToken
    )
    {
        var deployment = await new DeploymentCreator(operation.Client, serviceSid, context)
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
    /// <exception cref="RunStoppedException">The record cannot be written; the Build is deployed.</exception>
    public DeployResult Record(EnvironmentResource environment, CreatedDeployment deployment, DeploymentReason reason)
    {
        var record = RecordFiles.Deployment(manifestPath, context.Files);
        var build = deployment.BuildSid;
        var isChanged = !Sid.AreEqual(environment.BuildSid, build);
        var before =
            isChanged ? environment.BuildSid
            : record.Read() is { } last
            && Sid.AreEqual(last.BuildSid, build)
            && Sid.AreEqual(last.EnvironmentSid, environment.Sid)
                ? last.PreviousBuildSid
            : null;
        var result = new DeployResult(
            serviceSid,
            environment.UniqueName,
            environment.Sid,
            environment.DomainName,
            environment.Site.Url,
            build,
            deployment.DeploymentSid,
            before,
            isChanged,
            VerifiedAssets: null
        )
        {
            Reason = reason,
        };
        try
        {
            record.Write(DeploymentRecord.From(result));
        }
        catch (AssetException notWritten)
        {
            throw new RunStoppedException(result, notWritten);
        }

        return result;
    }

    /// <summary>
    /// Verifies the site after a deployment. When verification fails, deploys the previous Build again, unless someone
    /// else has deployed by then.
    /// </summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    /// <exception cref="RunStoppedException">
    /// Verification failed or was canceled. The partial result is the last deployment of this run.
    /// </exception>
    public async Task<DeployResult> VerifyAsync(
        EnvironmentResource environment,
        DeployResult deployed,
        AssetManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var verifier = new SiteVerifier(deployed.Url, operation.Options, context);
        IReadOnlyList<Diagnostic> problems;
        try
        {
            problems = await verifier.VerifyAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (operation.UserCancellation.IsCancellationRequested)
        {
            context.Logger.Warn(DeploymentDiagnostics.NotVerified(deployed.BuildSid, deployed.Environment));
            throw new RunStoppedException(deployed, canceled);
        }
        catch (Exception failure)
        {
            var (live, outcome) = await RollBackAsync(environment, deployed).ConfigureAwait(false);
            throw new RunStoppedException(live, failure) { AlsoReported = [outcome] };
        }

        if (problems.Count > 0)
        {
            var (live, outcome) = await RollBackAsync(environment, deployed).ConfigureAwait(false);
            throw new RunStoppedException(live, new AssetException([.. problems, outcome]));
        }

        return deployed with
        {
            VerifiedAssets = manifest.Assets.Count,
        };
    }

    /// <summary>Deploys the previous Build again, even if the time limit of the operation has expired.</summary>
    /// <returns>The last deployment of this run, and the error that says what is live now.</returns>
    private async Task<(DeployResult Last, Diagnostic Outcome)> RollBackAsync(
        EnvironmentResource environment,
        DeployResult deployed
    )
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
        using var limit = new CancellationTokenSource(operation.Options.RequestTimeout * 3, context.Clock);
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

            var last = await DeployAsync(current, before, DeploymentReason.Rollback, stop.Token).ConfigureAwait(false);
            return (last, DeploymentDiagnostics.RolledBack(environment.UniqueName, live, before));
        }
        catch (RunStoppedException stopped) when (stopped.PartialResult is DeployResult restored)
        {
            // Only the record is missing.
            return (restored, DeploymentDiagnostics.RolledBack(environment.UniqueName, live, before));
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
    private static (DeployResult Last, Diagnostic Outcome) NotRolledBack(
        DeployResult deployed,
        string reason,
        string? live
    ) =>
        (
            deployed with
            {
                LiveBuildSid = live,
            },
            DeploymentDiagnostics.RollbackFailed(deployed.Environment, deployed.BuildSid, reason, live)
        );
}
