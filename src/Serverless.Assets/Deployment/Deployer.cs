using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>Deploys a Build, and writes the record beside the manifest.</summary>
internal sealed class Deployer(OperationContext operation, Sid serviceSid, string manifestPath)
{
    private readonly RecordFile<DeploymentRecord> _record = RecordFiles.Deployment(
        manifestPath,
        operation.Engine.Files
    );

    /// <summary>Deploys a given Build, unless it is already deployed.</summary>
    /// <exception cref="AssetException">The Build is not deployed.</exception>
    public async Task<DeployResult> DeployAsync(
        EnvironmentResource environment,
        Sid build,
        DeploymentReason reason,
        CancellationToken cancellationToken
    )
    {
        var deployment = await TryDeployAsync(environment, build, cancellationToken).ConfigureAwait(false);
        return deployment.IsLive
            ? Record(environment, deployment, reason)
            : throw new AssetException(
                DeploymentDiagnostics.DeploymentReplaced(build, environment.UniqueName, deployment.LiveBuildSid)
            );
    }

    /// <summary>
    /// Requests a Deployment. If the run ends before the result is known, reports which Build is live.
    /// </summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    public async Task<DeploymentAttempt> TryDeployAsync(
        EnvironmentResource environment,
        Sid build,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await new DeploymentCreator(operation.Client, serviceSid, operation.Engine)
                .CreateAsync(environment, build, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (environment.BuildSid != build && IsInterruption(failure))
        {
            var live = await new DeployedEnvironments(operation.Client, serviceSid)
                .GetStatusAsync(environment, operation)
                .ConfigureAwait(false);
            operation.PartialResult = new InterruptedDeployment(
                serviceSid,
                environment.UniqueName,
                environment.Site.Url,
                build,
                live
            )
            {
                Build = operation.PartialResult as BuildResult,
            };
            operation.Engine.Logger.Warn(
                DeploymentDiagnostics.DeploymentInterrupted(
                    build,
                    environment.UniqueName,
                    live.Describe(environment.UniqueName)
                )
            );
            throw;
        }
    }

    /// <summary>Writes the record of a deployed Build.</summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    /// <param name="created">What this operation created or reused; null: it deployed a given Build.</param>
    /// <exception cref="AssetException">The record cannot be written; the Build is deployed.</exception>
    public DeployResult Record(
        EnvironmentResource environment,
        DeploymentAttempt deployment,
        DeploymentReason reason,
        BuildResult? created = null
    )
    {
        var result = CreateResult(environment, deployment, reason, created);
        operation.PartialResult = result;
        _record.Write(DeploymentRecord.From(result));
        return result;
    }

    /// <summary>
    /// Writes the record of a rollback after a failed verification. The rollback counts even if the record cannot be
    /// written.
    /// </summary>
    /// <inheritdoc cref="Record"/>
    public DeployResult RecordRollback(
        EnvironmentResource environment,
        DeploymentAttempt deployment,
        BuildResult? created
    )
    {
        var result = CreateResult(environment, deployment, DeploymentReason.Rollback, created);
        try
        {
            _record.Write(DeploymentRecord.From(result));
        }
        catch (AssetException failure)
        {
            operation.Engine.Logger.Log(LogLevel.Detail, $"{failure.Diagnostics[0].Message}");
        }

        return result;
    }

    private DeployResult CreateResult(
        EnvironmentResource environment,
        DeploymentAttempt deployment,
        DeploymentReason reason,
        BuildResult? created
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
            isChanged ? environment.BuildSid : FindRecordedPrevious(environment, deployment.BuildSid),
            isChanged,
            VerifiedAssets: null
        )
        {
            Reason = reason,
            Build = created,
        };
    }

    /// <returns>The Build that was deployed before, if the last record is about the same Build.</returns>
    private Sid? FindRecordedPrevious(EnvironmentResource environment, Sid build) =>
        _record.Read() is { } last && last.BuildSid == build && last.EnvironmentSid == environment.Sid
            ? last.PreviousBuildSid
            : null;

    /// <returns>
    /// Whether the service may have carried out the Deployment: it was canceled, its response was lost, or the
    /// Environment could not be fetched afterwards.
    /// </returns>
    private static bool IsInterruption(Exception failure) =>
        failure is OperationCanceledException
        || failure is ServerlessApiException request
            && (request.Request.Operation != ApiOperation.CreateDeployment || request.WasProcessed != false);
}
