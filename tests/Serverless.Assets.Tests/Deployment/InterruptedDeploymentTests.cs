using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>
/// Runs that end after a Deployment was requested and before its result is known: they report which Build is live, or
/// that this is unknown, and never that nothing was deployed.
/// </summary>
public sealed class InterruptedDeploymentTests : DeploymentTest
{
    private const string Forbidden = """{ "code": 20003, "message": "Not allowed", "status": 403 }""";

    private readonly CancellationTokenSource _user = new();
    private bool _isInterrupted;

    [Theory]
    [InlineData("deploy", "canceled")]
    [InlineData("deploy", "timed out")]
    [InlineData("rollback", "canceled")]
    [InlineData("rollback", "timed out")]
    [InlineData("promote", "canceled")]
    [InlineData("promote", "timed out")]
    public async Task A_Build_that_became_live_is_reported(string operation, string cause)
    {
        var (before, run) = await PrepareAsync(operation);
        Interrupt(cause);

        var result = await RunAsync(run);

        var live = await GetLiveBuildAsync();
        Assert.NotEqual(before, live);
        var outcome = RunOutcome.From(result);
        Assert.Equal(
            cause == "canceled"
                ? $"Canceled while {live} was being deployed; {live} is live in dev"
                : $"Failed with 1 error; {live} is live in dev",
            outcome.Summary.ToString()
        );
        Assert.EndsWith(".localhost", outcome.Url!.Host, StringComparison.Ordinal);
        AssertWarning(live!, $"{live} is live in dev");
        Assert.Equal(cause == "canceled" ? [] : ["SAB3009"], result.Errors.Select(error => error.Code));
        Assert.Null(result.Deployment);
        Assert.Equal(operation == "deploy" ? live : null, result.BuildSid?.ToString());
        Assert.Equal(before, ReadRecordedBuild());
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("timed out")]
    public async Task A_Build_that_stayed_live_is_reported(string cause)
    {
        var (before, run) = await PrepareAsync("deploy");
        Interrupt(cause, isCarriedOut: false);

        var result = await RunAsync(run);

        Assert.EndsWith(
            $"; {before} is live in dev",
            RunOutcome.From(result).Summary.ToString(),
            StringComparison.Ordinal
        );
        AssertWarning(result.BuildSid!.Value, $"{before} is live in dev");
        Assert.Equal(before, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task Nothing_live_is_reported()
    {
        await UploadAsync(("a.txt", "first"));
        Interrupt("canceled", isCarriedOut: false);

        var result = await RunAsync(token => DeployAsync(cancellationToken: token));

        Assert.Equal(
            $"Canceled while {result.BuildSid} was being deployed; no Build is live in dev",
            RunOutcome.From(result).Summary.ToString()
        );
        AssertWarning(result.BuildSid!.Value, "no Build is live in dev");
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("timed out")]
    [InlineData("lost")]
    public async Task An_Environment_that_cannot_be_fetched_afterwards_is_unknown(string cause)
    {
        var (before, run) = await PrepareAsync("deploy");
        Interrupt(cause, hidesEnvironment: true);

        var result = await RunAsync(run);

        Assert.NotEqual(before, await GetLiveBuildAsync());
        Assert.EndsWith(
            "; it is unknown which Build is live in dev",
            RunOutcome.From(result).Summary.ToString(),
            StringComparison.Ordinal
        );
        AssertWarning(result.BuildSid!.Value, "it is unknown which Build is live in dev");
    }

    [Fact]
    public async Task A_Deployment_that_the_service_refuses_is_not_an_interruption()
    {
        var (before, run) = await PrepareAsync("deploy");
        Refuse(HttpMethod.Post, "/Deployments", 403, "Not allowed");

        var result = await RunAsync(run);

        Assert.Equal("Failed with 1 error", RunOutcome.From(result).Summary.ToString());
        Assert.Empty(Logger.Warnings);
        Assert.Equal(before, await GetLiveBuildAsync());
    }

    /// <summary>The service accepted the Deployment, and refuses the next request.</summary>
    [Fact]
    public async Task A_run_that_may_not_look_at_the_Environment_after_the_Deployment_says_so()
    {
        var (before, run) = await PrepareAsync("deploy");
        var environment = (await FindEnvironmentAsync())!.Value.Sid();
        Refuse(HttpMethod.Get, $"/Environments/{environment}", 403, "Not allowed");

        var result = await RunAsync(run);

        Assert.NotEqual(before, await GetLiveBuildAsync());
        AssertWarning(result.BuildSid!.Value, "it is unknown which Build is live in dev");
    }

    /// <summary>The Environment shows the new Build, and then the run can't look for Builds of others.</summary>
    [Theory]
    [InlineData("refused")]
    [InlineData("canceled")]
    [InlineData("timed out")]
    public async Task A_run_that_ends_after_its_Build_became_live_says_so(string cause)
    {
        var (before, run) = await PrepareAsync("deploy");
        var isDeployed = false;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, token) =>
                {
                    var isList = request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal);
                    if (isList && request.Method == HttpMethod.Get && isDeployed)
                    {
                        return cause == "refused"
                            ? StubHandler.Json(Forbidden, HttpStatusCode.Forbidden)
                            : await FailAsync(cause, token);
                    }

                    isDeployed |= isList;
                    return null;
                }
            );

        var result = await RunAsync(run);

        var live = await GetLiveBuildAsync();
        Assert.NotEqual(before, live);
        Assert.EndsWith(
            $"; {live} is live in dev",
            RunOutcome.From(result).Summary.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            DeploymentDiagnostics.DeploymentUnsettled(live!, "dev", $"{live} is live in dev", replacedBuildSid: null),
            Logger.Warnings
        );
    }

    /// <summary>A refusal says nothing about an earlier request whose response was lost.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_after_a_Deployment_that_may_have_been_carried_out_is_not_believed(int status)
    {
        var (before, run) = await PrepareAsync("deploy");
        var environment = (await FindEnvironmentAsync())!.Value;
        var requests = 0;
        var fetches = 0;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    var path = request.RequestUri!.AbsolutePath;
                    if (requests > 0 && path.EndsWith(environment.Sid(), StringComparison.Ordinal) && ++fetches <= 3)
                    {
                        return StubHandler.Json(environment.GetRawText()); // shows the earlier Build for a while
                    }

                    if (request.Method != HttpMethod.Post || !path.EndsWith("/Deployments", StringComparison.Ordinal))
                    {
                        return null;
                    }

                    if (++requests > 1)
                    {
                        return StubHandler.Json(
                            $$"""{ "code": 20001, "message": "No", "status": {{status}} }""",
                            (HttpStatusCode)status
                        );
                    }

                    var form = await request.Content!.ReadAsStringAsync(Cancellation);
                    await DeployAsSomeoneElseAsync(form["BuildSid=".Length..], "dev");
                    return StubHandler.Json("{}", HttpStatusCode.InternalServerError);
                }
            );

        if (status is 400 or 409)
        {
            await run(Cancellation);
            Assert.Equal(await GetLiveBuildAsync(), ReadRecordedBuild());
        }
        else
        {
            var result = await RunAsync(run);
            Assert.IsType<InterruptedDeployment>(result.Operations[^1]);
            Assert.Contains("SAB4025", Logger.Warnings.Select(warning => warning.Code));
        }

        Assert.NotEqual(before, await GetLiveBuildAsync());
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("timed out")]
    [InlineData("lost")]
    public async Task A_rollback_that_became_live_counts_although_it_was_interrupted(string cause)
    {
        var (before, run) = await PrepareFailingVerificationAsync();
        Interrupt(cause, deployment: 2);

        var result = await RunAsync(run);

        Assert.Equal(["SAB4010", "SAB4011"], result.Errors.Select(error => error.Code));
        Assert.Equal(
            $"Failed with 2 errors; dev was rolled back to {before}",
            RunOutcome.From(result).Summary.ToString()
        );
        Assert.Empty(Logger.Warnings);
        Assert.Equal((before, before), (await GetLiveBuildAsync(), ReadRecordedBuild()));
    }

    [Theory]
    [InlineData("canceled", "the rollback was canceled")]
    [InlineData("timed out", "the rollback timed out")]
    [InlineData("lost", "Not allowed")]
    public async Task After_a_rollback_whose_result_is_unknown_no_Build_is_reported_as_live(string cause, string reason)
    {
        var (before, run) = await PrepareFailingVerificationAsync();
        Interrupt(cause, deployment: 2, hidesEnvironment: true);

        var result = await RunAsync(run);

        Assert.Equal(before, await GetLiveBuildAsync());
        Assert.Equal(
            "Failed with 2 errors; it is unknown which Build is live in dev",
            RunOutcome.From(result).Summary.ToString()
        );
        DiagnosticAssert.SingleError(
            [.. result.Errors.Skip(1)],
            "SAB4018",
            null,
            reason,
            "it is unknown which Build is live in dev"
        );
    }

    public override async ValueTask InitializeAsync() =>
        await InitializeAsync(new SkippingClock(longest: TimeSpan.FromSeconds(3)));

    private async Task<(string Before, Func<CancellationToken, Task> Run)> PrepareFailingVerificationAsync()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        Bench.Settings = Bench.Settings.With(SettingTable.Verify, true);
        Bench.SiteHandler = () => new WrongSite(_ => true, HttpStatusCode.OK);
        return (before.BuildSid, token => DeployAsync(cancellationToken: token));
    }

    /// <param name="deployment">The number of the Deployment, from 1.</param>
    /// <param name="isCarriedOut">Whether the service receives the request.</param>
    /// <param name="hidesEnvironment">Whether the service refuses to return the Environment afterwards.</param>
    private void Interrupt(string cause, int deployment = 1, bool isCarriedOut = true, bool hidesEnvironment = false)
    {
        var number = 0;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, token) =>
                {
                    var path = request.RequestUri!.AbsolutePath;
                    if (_isInterrupted && hidesEnvironment && request.Method == HttpMethod.Get)
                    {
                        return StubHandler.Json(Forbidden, HttpStatusCode.Forbidden);
                    }

                    if (
                        request.Method != HttpMethod.Post
                        || !path.EndsWith("/Deployments", StringComparison.Ordinal)
                        || ++number != deployment
                    )
                    {
                        return null;
                    }

                    if (isCarriedOut)
                    {
                        var form = await request.Content!.ReadAsStringAsync(Cancellation);
                        await DeployAsSomeoneElseAsync(form["BuildSid=".Length..], "dev");
                    }

                    _isInterrupted = true;
                    return await FailAsync(cause, token);
                }
            );
    }

    private async Task<HttpResponseMessage?> FailAsync(string cause, CancellationToken token)
    {
        switch (cause)
        {
            case "canceled":
                await _user.CancelAsync();
                break;
            case "timed out":
                Bench.Advance(EngineWorkbench.RequestTimeout * 3); // the limit of a run, and that of a rollback
                break;
            default:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended");
        }

        token.ThrowIfCancellationRequested();
        throw new InvalidOperationException("The request was not canceled");
    }

    /// <summary>Runs an operation as a front does.</summary>
    private async Task<RunResult> RunAsync(Func<CancellationToken, Task> run)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => run(_user.Token));
        return new RunResult().With(RunFailure.From(failure, _user.Token));
    }

    private void AssertWarning(string build, string live) =>
        Assert.Contains(DeploymentDiagnostics.DeploymentInterrupted(build, "dev", live), Logger.Warnings);
}
