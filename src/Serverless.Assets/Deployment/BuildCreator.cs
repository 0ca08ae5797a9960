using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.State.Site;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Deployment;

/// <summary>Creates a Build, or reuses one with the same contents, and waits until it is complete.</summary>
/// <param name="limits">Whether a spent <paramref name="budget"/> is an error.</param>
internal sealed class BuildCreator(
    ServerlessClient client,
    Sid serviceSid,
    BuildBudget budget,
    ServiceLimits limits,
    IAssetLogger logger,
    TimeProvider clock
)
{
    /// <summary>
    /// A Build comes with all its versions, up to 1,100 of them, so a page of this size can have several megabytes.
    /// </summary>
    private const int BuildPageSize = 20;

    /// <summary>
    /// How many of the newest Builds to compare: two pages. A Build whose creation was not confirmed, or that an
    /// earlier step or a deployment to another Environment created, is usually among them. To miss an older one only
    /// costs another Build; a Service can have thousands.
    /// </summary>
    private const int MaxBuilds = 40;

    /// <summary>
    /// The maximum age of a Build to reuse: the time after which the service deletes what is not deployed. An older
    /// Build has been deployed and replaced, so it has the same contents only if all changes since were undone.
    /// </summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>Users report 30 to 60 seconds for a Build.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether a Build was requested, and the service has not accepted it.</summary>
    public bool IsRequesting { get; private set; }

    /// <param name="live">Null if nothing is live.</param>
    /// <param name="state">Adds the state file to a new Build; null: it has none of its own.</param>
    /// <returns>A Build that may not be complete, and whether it existed.</returns>
    /// <exception cref="AssetException">The Build has other contents.</exception>
    /// <exception cref="ServerlessApiException">The service refused the Build.</exception>
    public async Task<(BuildResource Build, bool IsReused)> CreateOrReuseAsync(
        BuildContents contents,
        BuildResource? live,
        SiteStateWriter? state,
        CancellationToken cancellationToken
    )
    {
        if (
            live is not null
            && BuildIdentity.IsSame(contents, live)
            && (state is null || await state.IsUpToDateAsync(cancellationToken).ConfigureAwait(false))
        )
        {
            return (live, IsReused: true);
        }

        var isRequested = false;
        var build = await client
            .FindOrCreateAsync(
                token => FindSameAsync(contents, live?.Sid, state is not null, token),
                async token =>
                {
                    isRequested = true;
                    budget.CheckBeforeCreation(limits, logger);
                    var complete = state is null
                        ? contents
                        : await state.AddToAsync(contents, token).ConfigureAwait(false);
                    IsRequesting = true;
                    var created = await client.Builds.CreateAsync(serviceSid, complete, token).ConfigureAwait(false);
                    IsRequesting = false;
                    budget.Add(created);
                    return created;
                },
                lost =>
                    logger.Log(
                        LogLevel.Detail,
                        $"The response to the creation of a Build was lost ({lost.Reason}): checking whether it exists"
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (isRequested)
        {
            await ConfirmAsync(contents, build, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            logger.Log(LogLevel.Detail, $"Reusing Build {build.Sid}, which has the same contents");
        }

        return (build, IsReused: !isRequested);
    }

    /// <summary>
    /// Fetches a Build whose response did not list what was requested, so that another one is not deployed instead.
    /// </summary>
    /// <exception cref="AssetException">The Build has other contents.</exception>
    private async Task ConfirmAsync(BuildContents contents, BuildResource created, CancellationToken cancellationToken)
    {
        if (BuildIdentity.HasSameVersions(contents, created))
        {
            return;
        }

        var fetched = await client.Builds.FetchAsync(serviceSid, created.Sid, cancellationToken).ConfigureAwait(false);
        if (!BuildIdentity.HasSameVersions(contents, fetched))
        {
            throw new AssetException(DeploymentDiagnostics.BuildHasOtherContents(created.Sid));
        }
    }

    /// <summary>
    /// Finds a Build with the same contents among the newest ones, but not the live one. Counts those of the past hour on
    /// the way: only if all compared ones are that new, further pages are requested to count the others.
    /// </summary>
    private async Task<BuildResource?> FindSameAsync(
        BuildContents contents,
        Sid? live,
        bool needsState,
        CancellationToken cancellationToken
    )
    {
        var listed = 0;
        await foreach (
            var build in client
                .Builds.ListAsync(serviceSid, BuildPageSize, BuildBudget.Limit, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            if (IsOld(build))
            {
                return null; // the list has the newest first
            }

            budget.Add(build);
            if (
                ++listed <= MaxBuilds
                && build.Sid != live
                && CanBeUsed(build)
                && BuildIdentity.IsSame(contents, build)
                && (!needsState || (build.AssetVersions ?? []).Any(SiteStateFile.IsStateFile))
            )
            {
                return build;
            }

            if (listed >= MaxBuilds && !budget.IsRecent(build))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>A Build whose age is unknown is not old.</summary>
    private bool IsOld(BuildResource build) =>
        build.DateCreated != default && client.Clock.GetUtcNow() - build.DateCreated > MaxAge;

    /// <summary>A Build that has been building for longer than this run would wait will never complete.</summary>
    private bool CanBeUsed(BuildResource build) =>
        build.Status switch
        {
            BuildStatus.Completed => true,
            BuildStatus.Building => client.Clock.GetUtcNow() - build.DateCreated <= Deadline,
            _ => false,
        };

    /// <summary>Waits until a Build is complete.</summary>
    /// <param name="contents">What the Build was requested with.</param>
    /// <exception cref="AssetException">The Build failed, or was not complete in time.</exception>
    public async Task WaitAsync(BuildResource build, BuildContents contents, CancellationToken cancellationToken)
    {
        var status = build.Status;
        var started = clock.GetTimestamp();
        var lastReport = started;
        var wait = FirstWait;
        while (status == BuildStatus.Building)
        {
            if (clock.GetElapsedTime(started) > Deadline)
            {
                throw new AssetException(DeploymentDiagnostics.BuildTimedOut(build.Sid, Deadline));
            }

            if (clock.GetElapsedTime(lastReport) >= ProgressInterval)
            {
                lastReport = clock.GetTimestamp();
                logger.Log(
                    LogLevel.Progress,
                    $"The service is building {build.Sid}: {(int)clock.GetElapsedTime(started).TotalSeconds} s so far"
                );
            }

            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            wait = Interval + (Jitter * Random.Shared.NextDouble());
            status = (
                await client.Builds.FetchStatusAsync(serviceSid, build.Sid, cancellationToken).ConfigureAwait(false)
            ).Status;
        }

        if (status == BuildStatus.Failed)
        {
            var tooOld = ServicePackages.FindTooOld(contents);
            throw new AssetException(
                DeploymentDiagnostics.BuildFailed(
                    build.Sid,
                    serviceSid,
                    tooOld is null ? null : $"{tooOld.Name}@{tooOld.Version}",
                    contents.Runtime
                )
            );
        }
    }
}
