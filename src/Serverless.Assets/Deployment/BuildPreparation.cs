using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.State.Site;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Prepares the Build of a manifest: plans its contents, creates or reuses it, and uploads expired Asset Versions
/// again.
/// </summary>
internal sealed class BuildPreparation(
    OperationContext operation,
    AssetManifest manifest,
    ValidatedDeploymentSettings settings
)
{
    /// <summary>Runtimes that the service no longer deploys.</summary>
    private static readonly HashSet<string> OldRuntimes = new(StringComparer.OrdinalIgnoreCase)
    {
        "node8",
        "node10",
        "node12",
        "node14",
        "node16",
        "node18",
    };

    private readonly bool _writesState = operation.Settings.StateStore == StateStore.Site;

    /// <summary>
    /// Prepares a Build that replaces the one in the Environment without removing anything else, and writes the record
    /// beside the manifest.
    /// </summary>
    /// <param name="environment">Null if it does not exist yet.</param>
    /// <param name="overwritten">Restored by the new Build; null: none.</param>
    public async Task<BuildResult> PrepareAsync(
        EnvironmentResource? environment,
        OverwrittenBuild? overwritten,
        CancellationToken cancellationToken
    )
    {
        var live = await FetchLiveAsync(environment, overwritten, cancellationToken).ConfigureAwait(false);
        try
        {
            return await CreateAsync(manifest, live, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException refused) when (RefusedBuild.IsRefusal(refused))
        {
            return await UploadExpiredAndCreateAsync(refused, live, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="AssetException">The deployed Build cannot be read.</exception>
    private async Task<LiveContents> FetchLiveAsync(
        EnvironmentResource? environment,
        OverwrittenBuild? overwritten,
        CancellationToken cancellationToken
    )
    {
        if (environment?.BuildSid is not { } live)
        {
            return new LiveContents(Deployed: null);
        }

        var deployed = new DeployedEnvironments(operation.Client, manifest.ServiceSid);
        var build = await deployed.GetBuildAsync(environment.UniqueName, live, cancellationToken).ConfigureAwait(false);
        var contents = new LiveContents(build)
        {
            State = _writesState
                ? await new SiteStateReader(operation, manifest.ServiceSid)
                    .ReadAsync(environment, build, cancellationToken)
                    .ConfigureAwait(false)
                : null,
        };
        return overwritten is null
            ? contents
            : contents.With(
                await deployed.FindBuildAsync(overwritten.Sid, cancellationToken).ConfigureAwait(false)
                    ?? throw new AssetException(
                        DeploymentDiagnostics.OverwrittenBuildMissing(overwritten.Sid, environment.UniqueName)
                    ),
                overwritten.BaseSid is { } common
                    ? await deployed.FindBuildAsync(common, cancellationToken).ConfigureAwait(false)
                    : null
            );
    }

    private async Task<BuildResult> UploadExpiredAndCreateAsync(
        ServerlessApiException refused,
        LiveContents live,
        CancellationToken cancellationToken
    )
    {
        var renewed = await UploadExpiredAsync(live, cancellationToken).ConfigureAwait(false) ?? throw Refused(refused);
        try
        {
            return await CreateAsync(renewed, live, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerlessApiException again) when (RefusedBuild.IsRefusal(again))
        {
            throw Refused(again);
        }
    }

    /// <summary>Uploads expired Asset Versions again, and writes the manifest with the new ones.</summary>
    /// <returns>Null when none has expired.</returns>
    private async Task<AssetManifest?> UploadExpiredAsync(LiveContents live, CancellationToken cancellationToken)
    {
        var file = new ManifestFile(settings.ManifestPath, operation.Engine.Files, operation.Engine.Logger);
        var service = new ResolvedService(new ServiceIdentity(manifest.ServiceSid, manifest.AccountSid), IsNew: false);
        var state = operation.OpenState();
        await using var session = new UploadSession(
            operation,
            state,
            NoSharedUploads.Instance,
            service,
            file,
            assets: null,
            cancellationToken
        );
        var renewed = await new ExpiredVersionUploader(operation, state, session)
            .UploadExpiredAsync(manifest, settings.ProjectDirectory, live.Build, cancellationToken)
            .ConfigureAwait(false);
        if (renewed is not null)
        {
            file.Write(renewed);
        }

        return renewed;
    }

    private async Task<BuildResult> CreateAsync(
        AssetManifest from,
        LiveContents live,
        CancellationToken cancellationToken
    )
    {
        var problems = new DiagnosticBag();
        var unlisted = new UnlistedAssets(
            settings,
            _writesState,
            live.State,
            from.Project,
            operation.Client.Clock.GetUtcNow()
        );
        var plan = BuildPlanner.Plan(from, live.Build, settings, unlisted, problems);
        problems.Report(operation.Engine.Logger);
        var creator = new BuildCreator(
            operation.Client,
            from.ServiceSid,
            operation.BuildBudget,
            settings.ServiceLimits,
            operation.Engine.Logger,
            operation.Engine.Clock
        );
        var state = _writesState ? new SiteStateWriter(operation, from, plan, unlisted, live.State) : null;
        var result = await CreateAsync(creator, plan, from, live.Deployed, state, cancellationToken)
            .ConfigureAwait(false);
        operation.PartialResult = result;
        RecordFiles
            .Build(settings.ManifestPath, operation.Engine.Files)
            .Write(BuildRecord.From(result, settings.Environment));
        return result;
    }

    /// <exception cref="AssetException">
    /// The service refuses the runtime or the dependencies, or the Build failed.
    /// </exception>
    /// <exception cref="ServerlessApiException">The service refuses the Build for another reason.</exception>
    private async Task<BuildResult> CreateAsync(
        BuildCreator creator,
        BuildPlan plan,
        AssetManifest from,
        BuildResource? live,
        SiteStateWriter? state,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                var (build, isReused) = await creator
                    .CreateOrReuseAsync(plan.Contents, live, state, cancellationToken)
                    .ConfigureAwait(false);
                WarnOfOldRuntime(plan); // not before: if the service refuses the runtime, that is the error to report
                await creator.WaitAsync(build, plan.Contents, cancellationToken).ConfigureAwait(false);
                return new BuildResult(build.Sid, isReused, plan, from);
            }
            catch (OperationCanceledException) when (creator.IsRequesting)
            {
                // The client repeats a request that is refused because of too many, until the time limit of the run.
                if (operation.BuildBudget.Known is { Count: >= BuildBudget.Low } known)
                {
                    operation.AlsoReport(DeploymentDiagnostics.BuildBudgetRefused(known));
                }

                throw;
            }
            catch (ServerlessApiException failure) when (RefusedBuild.IsRefusal(failure))
            {
                var refused = new RefusedBuild(failure, plan);
                if (refused.LeavePackagesToService(operation.Engine.Logger) is { } accepted)
                {
                    plan = accepted; // with fewer packages, so this ends
                    continue;
                }

                var reason = await refused
                    .ExplainAsync(operation.Client, from.ServiceSid, settings, cancellationToken)
                    .ConfigureAwait(false);
                if (reason is not null)
                {
                    throw new AssetException(reason, failure);
                }

                throw;
            }
        }
    }

    private void WarnOfOldRuntime(BuildPlan plan)
    {
        if (plan.Contents.Runtime is { } runtime && OldRuntimes.Contains(runtime) && settings.Runtime is null)
        {
            operation.Engine.Logger.Warn(DeploymentDiagnostics.OldRuntime(runtime));
        }
    }

    private AssetException Refused(ServerlessApiException failure) =>
        new(DeploymentDiagnostics.BuildRejected(failure.Reason, failure.Details, operation.BuildBudget.Known), failure);
}

/// <summary>A Build that an earlier step of the same process created or reused.</summary>
/// <param name="BuildSid"><c>ZB…</c></param>
/// <param name="LiveBuildSid">The Build that was live when it was planned; null if nothing was live.</param>
internal sealed record PreparedBuild(Sid BuildSid, Sid? LiveBuildSid)
{
    public static PreparedBuild From(BuildResult build) => new(build.BuildSid, build.LiveBuildSid);
}
