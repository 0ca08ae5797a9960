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
    public DeployResult Record(EnvironmentResource environment, CreatedDeployment deployment, DeploymentReason reason)
    {
        var record = RecordFiles.Deployment(manifestPath, context.Files);
        var build = deployment.BuildSid;
        var isChanged = environment.BuildSid != build;
        var before =
            isChanged ? environment.BuildSid
            : record.Read() is { } last && last.BuildSid == build && last.EnvironmentSid == environment.Sid
                ? last.PreviousBuildSid
            : null;
        var url = environment.Site.Url;
        record.Write(
            new DeploymentRecord
            {
                Version = DeploymentRecord.CurrentVersion,
                ServiceSid = serviceSid,
                Environment = environment.UniqueName,
                EnvironmentSid = environment.Sid,
                Domain = environment.DomainName,
                Url = url.AbsoluteUri,
                BuildSid = build,
                DeploymentSid = deployment.DeploymentSid,
                PreviousBuildSid = before,
            }
        );
        return new DeployResult(
            serviceSid,
            environment.UniqueName,
            environment.Sid,
            environment.DomainName,
            url,
            build,
            deployment.DeploymentSid,
            before,
            isChanged,
            VerifiedAssets: null
        )
        {
            Reason = reason,
        };
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
        return await RunStoppedException
            .ContinueAsync(
                deployed,
                async () =>
                {
                    var problems = await verifier.VerifyAsync(manifest, cancellationToken).ConfigureAwait(false);
                    if (problems.Count == 0)
                    {
                        return deployed with { VerifiedAssets = manifest.Assets.Count };
                    }

                    var (live, rollback) = await RollBackAsync(environment, deployed, cancellationToken)
                        .ConfigureAwait(false);
                    throw new RunStoppedException(live, new AssetException([.. problems, rollback]));
                }
            )
            .ConfigureAwait(false);
    }

    /// <returns>The last deployment of this run, and the error that says what is deployed now.</returns>
    private async Task<(DeployResult Live, Diagnostic Error)> RollBackAsync(
        EnvironmentResource environment,
        DeployResult deployed,
        CancellationToken cancellationToken
    )
    {
        var (name, build) = (environment.UniqueName, deployed.BuildSid);
        if (!deployed.IsChanged)
        {
            const string reason = "the Build was already deployed before this run";
            return (deployed, DeploymentDiagnostics.RollbackFailed(name, build, reason, build));
        }

        if (deployed.PreviousBuildSid is not { } before)
        {
            const string reason = "nothing was deployed before";
            return (deployed, DeploymentDiagnostics.RollbackFailed(name, build, reason, build));
        }

        try
        {
            // Verification takes a while and fails on a site that someone else has deployed to, which must stay.
            var current = await operation
                .Client.Environments.FetchAsync(serviceSid, environment.Sid, cancellationToken)
                .ConfigureAwait(false);
            if (current.BuildSid is { } other && other != build)
            {
                const string reason = "someone else deployed another Build during the verification";
                return (deployed, DeploymentDiagnostics.RollbackFailed(name, build, reason, other));
            }

            var live = await DeployAsync(
                    environment with
                    {
                        BuildSid = build,
                    },
                    before,
                    DeploymentReason.Rollback,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return (live, DeploymentDiagnostics.RolledBack(name, build, before));
        }
        catch (Exception failure) when (failure is ServerlessApiException or AssetException)
        {
            var reason = failure is AssetException { Diagnostics: [var first, ..] } ? first.Message : failure.Message;
            return (deployed, DeploymentDiagnostics.RollbackFailed(name, build, reason, build));
        }
    }
}
