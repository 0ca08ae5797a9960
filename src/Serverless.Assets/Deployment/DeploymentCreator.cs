using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Creates a Deployment, and looks at the Environment afterwards, which shows what is deployed. A conflict can mean
/// that the Build is already deployed or that another Deployment is in progress, and someone else can deploy at the
/// same time.
/// </summary>
internal sealed class DeploymentCreator(ServerlessClient client, Sid serviceSid, EngineContext context)
{
    /// <summary>How long an Environment may show its earlier Build after a Deployment was accepted.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the service may carry out, or has carried out, a Deployment of this instance whose response was lost.
    /// Later requests that are refused do not change that.
    /// </summary>
    public bool MayBeCarriedOut { get; private set; }

    /// <summary>Enough Deployments to include the new one and the one before it.</summary>
    private const int HistoryLength = 50;

    /// <summary>Creates a Deployment, unless the Build is already deployed, and waits until it takes effect.</summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    /// <exception cref="AssetException">The service refused the Deployment, or did not carry it out.</exception>
    public async Task<DeploymentAttempt> CreateAsync(
        EnvironmentResource environment,
        Sid build,
        CancellationToken cancellationToken
    )
    {
        if (environment.BuildSid == build)
        {
            return new DeploymentAttempt(
                build,
                await FindSidAsync(environment, build, cancellationToken).ConfigureAwait(false),
                build
            );
        }

        var requested = await RequestAsync(environment, build, cancellationToken).ConfigureAwait(false);
        var live = await WaitUntilLiveAsync(environment, build, cancellationToken).ConfigureAwait(false);
        return new DeploymentAttempt(
            build,
            requested.Sid ?? await FindSidAsync(environment, build, cancellationToken).ConfigureAwait(false),
            live
        );
    }

    /// <summary>
    /// Finds the Build of someone else that a Deployment replaced, although it was not the one in the Environment when
    /// the Deployment was decided.
    /// </summary>
    /// <param name="environment">The Environment before the Deployment.</param>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="AssetException">The service does not list the Deployment, so this is unknown.</exception>
    public async Task<Sid?> FindOverwrittenAsync(
        EnvironmentResource environment,
        DeploymentAttempt deployment,
        CancellationToken cancellationToken
    )
    {
        if (environment.BuildSid == deployment.BuildSid)
        {
            return null; // nothing was deployed
        }

        var upToDeployment = await PollAsync(
                async token =>
                {
                    var newestFirst = await ListAsync(environment, token).ConfigureAwait(false);
                    var found = newestFirst.SkipWhile(listed => !IsOf(listed, deployment)).ToList();
                    return found.Count > 0 ? found : null;
                },
                () => DeploymentDiagnostics.DeploymentNotListed(deployment.BuildSid, environment.UniqueName, Deadline),
                cancellationToken
            )
            .ConfigureAwait(false);
        var replaced = upToDeployment.FirstOrDefault(listed => listed.BuildSid != deployment.BuildSid)?.BuildSid;
        return replaced == environment.BuildSid ? null : replaced;
    }

    /// <summary>Requests the Deployment until the service accepts it or something else is deployed.</summary>
    private async Task<RequestedDeployment> RequestAsync(
        EnvironmentResource environment,
        Sid build,
        CancellationToken cancellationToken
    )
    {
        var isUndecided = false;
        try
        {
            return await client
                .FindOrCreateAsync(
                    async token =>
                        isUndecided
                        && (await FetchAsync(environment, token).ConfigureAwait(false)).BuildSid != environment.BuildSid
                            ? new RequestedDeployment(Sid: null)
                            : null,
                    async token => new RequestedDeployment(
                        (
                            await client
                                .Deployments.CreateAsync(serviceSid, environment.Sid, build, token)
                                .ConfigureAwait(false)
                        ).Sid
                    ),
                    undecided =>
                    {
                        isUndecided = true;
                        MayBeCarriedOut |= undecided.Status != HttpStatusCode.Conflict;
                        context.Logger.Log(
                            LogLevel.Detail,
                            $"The deployment of {build} may have failed ({undecided.Reason}): checking what is deployed"
                        );
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ServerlessApiException refused)
            when (refused
                    is {
                        Failure: ApiFailure.Refused,
                        Status: HttpStatusCode.BadRequest or HttpStatusCode.Conflict,
                        Request.Operation: ApiOperation.CreateDeployment
                    }
            )
        {
            if (MayBeCarriedOut)
            {
                return new RequestedDeployment(Sid: null);
            }

            throw new AssetException(
                DeploymentDiagnostics.DeploymentRejected(
                    build,
                    environment.UniqueName,
                    refused.Reason,
                    refused.Details
                ),
                refused
            );
        }
    }

    /// <returns>The deployed Build: the given one, or one that someone else deployed since.</returns>
    /// <exception cref="AssetException">The earlier Build is still deployed at the deadline.</exception>
    private async Task<Sid> WaitUntilLiveAsync(
        EnvironmentResource environment,
        Sid build,
        CancellationToken cancellationToken
    )
    {
        Sid? live = null;
        var changed = await PollAsync(
                async token =>
                {
                    var current = await FetchAsync(environment, token).ConfigureAwait(false);
                    live = current.BuildSid;
                    return live is not null && live != environment.BuildSid ? current : null;
                },
                () => DeploymentDiagnostics.NotDeployed(build, environment.UniqueName, Deadline, live),
                cancellationToken
            )
            .ConfigureAwait(false);
        return changed.BuildSid!.Value;
    }

    /// <summary>Asks at growing intervals until there is an answer: the service shows a change only after a while.</summary>
    /// <exception cref="AssetException">There is no answer at the deadline.</exception>
    private async Task<T> PollAsync<T>(
        Func<CancellationToken, Task<T?>> ask,
        Func<Diagnostic> onDeadline,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var started = context.Clock.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            if (await ask(cancellationToken).ConfigureAwait(false) is { } answer)
            {
                return answer;
            }

            if (context.Clock.GetElapsedTime(started) >= Deadline)
            {
                throw new AssetException(onDeadline());
            }

            await Task.Delay(wait, context.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>If the response was lost, the Deployment has no known SID; the newest one of the Build is it.</summary>
    private static bool IsOf(DeploymentResource listed, DeploymentAttempt deployment) =>
        deployment.DeploymentSid is { } sid ? listed.Sid == sid : listed.BuildSid == deployment.BuildSid;

    private async Task<Sid?> FindSidAsync(
        EnvironmentResource environment,
        Sid build,
        CancellationToken cancellationToken
    ) =>
        (await ListAsync(environment, cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(listed => listed.BuildSid == build)
            ?.Sid;

    /// <summary>Lists the last Deployments, newest first.</summary>
    private async Task<IReadOnlyList<DeploymentResource>> ListAsync(
        EnvironmentResource environment,
        CancellationToken cancellationToken
    )
    {
        var deployments = await client
            .Deployments.ListAsync(
                serviceSid,
                environment.Sid,
                HistoryLength,
                limit: HistoryLength,
                cancellationToken: cancellationToken
            )
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return [.. deployments.OrderByDescending(deployment => deployment.DateCreated)];
    }

    private Task<EnvironmentResource> FetchAsync(
        EnvironmentResource environment,
        CancellationToken cancellationToken
    ) => client.Environments.FetchAsync(serviceSid, environment.Sid, cancellationToken);

    /// <param name="Sid">Null if the response was lost, but something was deployed.</param>
    private sealed record RequestedDeployment(Sid? Sid);
}

/// <summary>What the service reported after a Deployment was requested, or was found to be unnecessary.</summary>
/// <param name="DeploymentSid">Null if the service does not list it.</param>
/// <param name="LiveBuildSid">The Build that was deployed afterwards: someone else's if they deployed since.</param>
internal sealed record DeploymentAttempt(Sid BuildSid, Sid? DeploymentSid, Sid LiveBuildSid)
{
    public bool IsLive => LiveBuildSid == BuildSid;
}
