using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>
/// What <c>remove</c> says about the Environment is true, whatever the response to the deletion says, and also if the
/// run ends before there is one.
/// </summary>
public sealed class RemovalTests : DeploymentTest
{
    private readonly CancellationTokenSource _user = new();
    private bool _isInterrupted;

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task An_Environment_that_exists_after_its_deletion_is_an_error(HttpStatusCode status)
    {
        var live = await StartAsync();
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method != HttpMethod.Delete ? null
                : status == HttpStatusCode.NotFound ? StubHandler.Html(status)
                : new HttpResponseMessage(status)
            );

        var failure = await FailsAsync(
            () => RemoveEnvironmentAsync(_ => true),
            DeploymentDiagnostics.EnvironmentNotRemoved("dev", live.Domain)
        );

        Assert.Null(failure.PartialResult);
        Assert.Empty(Logger.Warnings);
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
    }

    [Fact]
    public async Task An_Environment_that_someone_else_deletes_first_counts_as_removed()
    {
        var live = await StartAsync();
        RunBefore(
            HttpMethod.Delete,
            live.EnvironmentSid,
            _ => Emulator.DeleteAsync($"{Service}/Environments/{live.EnvironmentSid}")
        );

        Assert.Equal(new RemoveResult(live.ServiceSid, "dev", live.Domain), await RemoveEnvironmentAsync(_ => true));
    }

    [Theory]
    [InlineData("canceled", true, "the Environment dev no longer exists")]
    [InlineData("canceled", false, "the Environment dev still exists")]
    [InlineData("timed out", true, "the Environment dev no longer exists")]
    [InlineData("timed out", false, "the Environment dev still exists")]
    [InlineData("lost", true, "the Environment dev no longer exists")]
    [InlineData("lost", false, "the Environment dev still exists")]
    public async Task An_interrupted_removal_says_whether_the_Environment_exists(
        string cause,
        bool isCarriedOut,
        string status
    )
    {
        var live = await StartAsync(cause);
        Interrupt(cause, isCarriedOut);

        var result = await RunAsync();

        Assert.Equal(isCarriedOut, await FindEnvironmentAsync() is null);
        Assert.Equal(
            cause == "canceled" ? $"Canceled during the removal; {status}" : $"Failed with 1 error; {status}",
            RunOutcome.From(result).Summary.ToString()
        );
        Assert.Equal([DeploymentDiagnostics.RemovalInterrupted("dev", live.Domain, status)], WarningsOfRemoval());
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("timed out")]
    [InlineData("lost")]
    public async Task An_Environment_that_cannot_be_looked_up_afterwards_is_unknown(string cause)
    {
        var live = await StartAsync(cause);
        Interrupt(cause, isCarriedOut: true, hidesEnvironments: true);

        var result = await RunAsync();

        const string status = "it is unknown whether the Environment dev still exists";
        Assert.EndsWith($"; {status}", RunOutcome.From(result).Summary.ToString(), StringComparison.Ordinal);
        Assert.Equal([DeploymentDiagnostics.RemovalInterrupted("dev", live.Domain, status)], WarningsOfRemoval());
    }

    /// <summary>The service confirms the deletion, but the list that proves it cannot be read.</summary>
    [Fact]
    public async Task A_deletion_that_cannot_be_checked_is_an_error()
    {
        var live = await StartAsync();
        Interrupt("", isCarriedOut: true, hidesEnvironments: true);

        var result = await RunAsync();

        Assert.Single(result.Errors);
        Assert.Equal(
            [
                DeploymentDiagnostics.RemovalInterrupted(
                    "dev",
                    live.Domain,
                    "it is unknown whether the Environment dev still exists"
                ),
            ],
            WarningsOfRemoval()
        );
    }

    [Fact]
    public async Task A_deletion_that_the_service_refuses_is_not_an_interruption()
    {
        var live = await StartAsync();
        Refuse(HttpMethod.Delete, live.EnvironmentSid, 403, "Not allowed");

        var result = await RunAsync();

        Assert.Equal("Failed with 1 error", RunOutcome.From(result).Summary.ToString());
        Assert.Empty(WarningsOfRemoval());
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
    }

    /// <summary>See <see cref="StartAsync"/>.</summary>
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Deploys a site.</summary>
    /// <param name="cause">
    /// The time that the run has to look up the Environment afterwards is not skipped: less if it is canceled. Pauses
    /// before retries are.
    /// </param>
    private async Task<DeployResult> StartAsync(string cause = "")
    {
        await InitializeAsync(new SkippingClock(longest: TimeSpan.FromSeconds(cause == "canceled" ? 3 : 10)));
        return await UploadAndDeployAsync(("a.txt", "first"));
    }

    /// <param name="cause">Empty: the deletion is confirmed.</param>
    /// <param name="isCarriedOut">Whether the service receives the deletion.</param>
    /// <param name="hidesEnvironments">Whether the service refuses to list the Environments afterwards.</param>
    private void Interrupt(string cause, bool isCarriedOut, bool hidesEnvironments = false) =>
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, token) =>
                {
                    if (_isInterrupted && hidesEnvironments && request.Method == HttpMethod.Get)
                    {
                        return StubHandler.Json(
                            """{ "code": 20003, "message": "Not allowed", "status": 403 }""",
                            HttpStatusCode.Forbidden
                        );
                    }

                    if (request.Method != HttpMethod.Delete)
                    {
                        return null;
                    }

                    if (isCarriedOut && !_isInterrupted)
                    {
                        await Emulator.DeleteAsync(request.RequestUri!.AbsolutePath);
                    }

                    _isInterrupted = true;
                    switch (cause)
                    {
                        case "":
                            return new HttpResponseMessage(HttpStatusCode.NoContent);
                        case "canceled":
                            await _user.CancelAsync();
                            break;
                        case "timed out":
                            Bench.Advance(EngineWorkbench.RequestTimeout * 3);
                            break;
                        default:
                            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended");
                    }

                    token.ThrowIfCancellationRequested();
                    throw new InvalidOperationException("The request was not canceled");
                }
            );

    /// <summary>Runs the removal as a front does.</summary>
    private async Task<RunResult> RunAsync()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => RemoveEnvironmentAsync(_ => true, _user.Token));
        return new RunResult().With(RunFailure.From(failure, _user.Token));
    }

    private IEnumerable<Diagnostic> WarningsOfRemoval() =>
        Logger.Warnings.Where(warning => warning.Code.StartsWith("SAB4", StringComparison.Ordinal));
}
