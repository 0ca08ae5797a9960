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
        if (!deployment.IsLive)
        {
            throw new AssetException(
                DeploymentDiagnostics.DeploymentReplaced(build, environment.UniqueName, deployment.LiveBuildSid)
            );
        }

        var result = Record(environment, deployment, reason);
        await WarnAboutOverwrittenAsync(environment, deployment, cancellationToken).ConfigureAwait(false);
        return result;
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
        var creator = CreateDeploymentCreator();
        try
        {
            return await creator.CreateAsync(environment, build, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
            when (environment.BuildSid != build
                && (IsInterruption(failure) || (failure is ServerlessApiException && creator.MayBeCarriedOut))
            )
        {
            var live = await SetInterruptedAsync(environment, build).ConfigureAwait(false);
            operation.Engine.Logger.Warn(
                DeploymentDiagnostics.DeploymentInterrupted(build, environment.UniqueName, live)
            );
            throw;
        }
    }

    /// <inheritdoc cref="DeploymentCreator.FindOverwrittenAsync"/>
    public Task<Sid?> FindOverwrittenAsync(
        EnvironmentResource environment,
        DeploymentAttempt deployment,
        CancellationToken cancellationToken
    ) => CreateDeploymentCreator().FindOverwrittenAsync(environment, deployment, cancellationToken);

    /// <summary>
    /// Reports which Build is live when a run ends although it has deployed a Build: it could not find out whether that
    /// Build replaced one of someone else, or could not restore that one.
    /// </summary>
    /// <param name="overwritten">The Build of someone else; null: it is unknown whether there is one.</param>
    public async Task ReportUnsettledAsync(EnvironmentResource environment, Sid build, Sid? overwritten)
    {
        var live = await SetInterruptedAsync(environment, build).ConfigureAwait(false);
        operation.Engine.Logger.Warn(
            DeploymentDiagnostics.DeploymentUnsettled(build, environment.UniqueName, live, overwritten)
        );
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

    /// <summary>
    /// A given Build is deployed as it is, so what someone else deployed at the same time can only be named.
    /// </summary>
    private async Task WarnAboutOverwrittenAsync(
        EnvironmentResource environment,
        DeploymentAttempt deployment,
        CancellationToken cancellationToken
    )
    {
        var (build, name) = (deployment.BuildSid, environment.UniqueName);
        try
        {
            var overwritten = await FindOverwrittenAsync(environment, deployment, cancellationToken)
                .ConfigureAwait(false);
            if (overwritten is { } other)
            {
                operation.Engine.Logger.Warn(DeploymentDiagnostics.OtherBuildReplaced(build, name, other));
            }
        }
        catch (Exception failure) when (failure is AssetException or ServerlessApiException)
        {
            var live = LiveBuildStatus.Known(build).Describe(name);
            operation.Engine.Logger.Warn(
                DeploymentDiagnostics.DeploymentUnsettled(build, name, live, replacedBuildSid: null)
            );
        }
    }

    /// <summary>Makes an interrupted Deployment the result of the operation.</summary>
    /// <returns>What is live, as a clause for messages.</returns>
    private async Task<string> SetInterruptedAsync(EnvironmentResource environment, Sid build)
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
            Build = operation.PartialResult switch
            {
                InterruptedDeployment earlier => earlier.Build,
                var other => other as BuildResult,
            },
        };
        return live.Describe(environment.UniqueName);
    }

    private DeploymentCreator CreateDeploymentCreator() => new(operation.Client, serviceSid, operation.Engine);

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
