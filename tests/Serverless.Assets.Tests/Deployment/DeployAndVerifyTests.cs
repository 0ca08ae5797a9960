using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Deployments that verify the site and roll back when it is wrong.</summary>
public sealed class DeployAndVerifyTests : DeploymentTest
{
    private const string FirstSha256 = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e";
    private const string SecondSha256 = "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Bench.Settings = Bench.Settings.With(SettingTable.Verify, true);
    }

    [Fact]
    public async Task A_good_site_stays_live_and_its_assets_are_counted()
    {
        await UploadAsync(("a.txt", "first"), ("b.private.txt", "second"));

        var live = await DeployAsync();

        Assert.Equal((2, true), (live.VerifiedAssets, live.IsChanged));
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task The_site_may_take_some_seconds_to_show_the_deployment()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        Emulator.Faults = new EmulatorFaults { PropagationSeconds = 5 };

        var live = await UploadAndDeployAsync(("a.txt", "second"));

        Assert.Equal(1, live.VerifiedAssets);
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
    }

    [Fact]
    public async Task A_wrong_site_is_rolled_back()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        ShowWrongSite();

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = Assert.IsType<DeployResult>(failure.PartialResult);
        var failed = live.PreviousBuildSid!.Value;
        DiagnosticAssert.Same(
            failure.Diagnostics,
            Wrong(before, SecondSha256),
            DeploymentDiagnostics.RolledBack("dev", failed, before.BuildSid)
        );
        Assert.Equal((before.BuildSid, DeploymentReason.Rollback, true), (live.BuildSid, live.Reason, live.IsChanged));
        Assert.Equal(failed, live.Build!.BuildSid);
        Assert.Equal([before.BuildSid, failed, before.BuildSid], await GetDeployedBuildsAsync());
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
        Assert.Equal(
            $$"""{"version":1,"serviceSid":"{{live.ServiceSid}}","environment":"dev","environmentSid":"{{live.EnvironmentSid}}","domain":"{{live.Domain}}","url":"{{live.Url}}","buildSid":"{{before.BuildSid}}","deploymentSid":"{{live.DeploymentSid}}","previousBuildSid":"{{failed}}"}""",
            ReadRecord(DeploymentRecordPath)
        );
    }

    [Fact]
    public async Task The_first_Deployment_cannot_be_rolled_back()
    {
        await UploadAsync(("a.txt", "first"));
        ShowWrongSite();

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = Assert.IsType<DeployResult>(failure.PartialResult);
        DiagnosticAssert.Same(
            failure.Diagnostics,
            Wrong(live, FirstSha256),
            DeploymentDiagnostics.RollbackFailed(
                "dev",
                live.BuildSid,
                "nothing was deployed before",
                $"{live.BuildSid} is live in dev"
            )
        );
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_Build_that_was_live_before_this_run_is_not_rolled_back()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        var live = await UploadAndDeployAsync(("a.txt", "second"));
        var deployments = await GetDeployedBuildsAsync();
        ShowWrongSite();

        var failure = await FailsAsync(
            () => DeployAsync(),
            Wrong(live, SecondSha256),
            DeploymentDiagnostics.RollbackFailed(
                "dev",
                live.BuildSid,
                "the Build was already deployed before this run",
                $"{live.BuildSid} is live in dev"
            )
        );

        Assert.False(Assert.IsType<DeployResult>(failure.PartialResult).IsChanged);
        Assert.Equal(deployments, await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task A_rollback_that_the_service_rejects_leaves_the_new_Build_live()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        ShowWrongSite();
        var deployments = 0;
        Bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal)
                && ++deployments == 2
                    ? StubHandler.Json("""{ "code": 20003, "message": "Not allowed" }""", HttpStatusCode.Forbidden)
                    : null
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = Assert.IsType<DeployResult>(failure.PartialResult);
        Assert.Equal(["SAB4010", "SAB4018"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Contains("was not rolled back", failure.Diagnostics[1].Message, StringComparison.Ordinal);
        Assert.Contains("Not allowed", failure.Diagnostics[1].Message, StringComparison.Ordinal);
        Assert.Equal((before.BuildSid, true), (live.PreviousBuildSid, live.IsChanged));
        Assert.Equal([before.BuildSid, live.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task A_Build_that_someone_else_has_deployed_since_is_not_rolled_back()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var others = "";
        Bench.SiteHandler = () =>
            new InterceptingHandler(
                async (_, _) =>
                {
                    others = others.Length > 0 ? others : await DeployAsSomeoneElseAsync("/other.txt");
                    return StubHandler.Html(HttpStatusCode.NotFound);
                }
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var failed = Assert.IsType<DeployResult>(failure.PartialResult).BuildSid;
        Assert.Equal(["SAB4010", "SAB4018"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Equal(
            DeploymentDiagnostics.RollbackFailed(
                "dev",
                failed,
                "someone else has changed the Environment during the verification",
                $"{others} is live in dev"
            ),
            failure.Diagnostics[1]
        );
        Assert.Equal(others, await GetLiveBuildAsync());
        Assert.Equal("200 of someone else", await VisitAsync("/other.txt"));
    }

    [Fact]
    public async Task A_verification_that_is_cancelled_leaves_the_new_Build_live()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        CancelDuringVerification(stop);

        var cancelled = await Assert.ThrowsAsync<RunCanceledException>(() =>
            DeployAsync(cancellationToken: stop.Token)
        );

        var live = Assert.IsType<DeployResult>(cancelled.PartialResult);
        Assert.Equal((true, null), (live.IsChanged, live.VerifiedAssets));
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_canceled_verification_reports_the_live_Build()
    {
        await UploadAsync(("a.txt", "first"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        CancelDuringVerification(stop);

        await Assert.ThrowsAsync<RunCanceledException>(() => DeployAsync(cancellationToken: stop.Token));

        var live = await GetLiveBuildAsync();
        Assert.Contains(DeploymentDiagnostics.NotVerified(live!, "dev"), Logger.Warnings);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("endless")]
    [InlineData("endless type")]
    [InlineData("trickle")]
    [InlineData("silent")]
    public async Task A_body_that_cannot_be_read_is_rolled_back(string body)
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", new string('x', 5000)));
        var clock = (SkippingClock)Bench.Clock;
        var requestTimeout = TimeSpan.FromSeconds(Bench.Settings.Get(SettingTable.RequestTimeout));
        Bench.SiteHandler = () =>
            new StubHandler(_ =>
            {
                var content = new StreamContent(HostileBody.Create(body, clock, requestTimeout));
                content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
                clock.Advance(TimeSpan.FromSeconds(20));
                return new HttpResponseMessage { Content = content };
            });

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB4010", "SAB4011"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Contains(
            body switch
            {
                "endless" or "endless type" => "got 200, text/plain, more than 5000 bytes",
                "trickle" or "silent" => "got no complete response in time",
                _ => "got no valid response (",
            },
            failure.Diagnostics[0].Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
    }

    /// <summary>.NET 10 throws this if the site resets a connection while it is established.</summary>
    [Fact]
    public async Task A_site_that_resets_connections_is_rolled_back()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        Bench.SiteHandler = () =>
            new StubHandler(_ =>
            {
                ((SkippingClock)Bench.Clock).Advance(TimeSpan.FromSeconds(20));
                throw new SocketException((int)SocketError.NotConnected);
            });

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB4010", "SAB4011"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_verification_that_exceeds_the_time_limit_of_the_run_is_rolled_back()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var clock = (SkippingClock)Bench.Clock;
        Bench.SiteHandler = () =>
            new StubHandler(
                (_, token) =>
                {
                    clock.Advance(TimeSpan.FromSeconds(Bench.Settings.Get(SettingTable.Timeout)));
                    token.ThrowIfCancellationRequested();
                    return Task.FromResult(StubHandler.Html(HttpStatusCode.OK));
                }
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB3009", "SAB4011"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task An_unexpected_failure_of_the_verification_is_rolled_back()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        Bench.SiteHandler = () => new StubHandler(_ => throw new NotSupportedException("unexpected"));

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB9001", "SAB4011"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.IsType<NotSupportedException>(failure.Unexpected);
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_site_that_was_taken_down_during_the_verification_is_not_rolled_back()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var isDown = false;
        Bench.SiteHandler = () =>
            new InterceptingHandler(
                async (_, _) =>
                {
                    if (!isDown)
                    {
                        isDown = true;
                        var environment = (await FindEnvironmentAsync())!.Value.Sid();
                        (
                            await Emulator.Api.DeployAsync(EngineWorkbench.ServiceName, environment, build: null)
                        ).Created();
                    }

                    return StubHandler.Html(HttpStatusCode.NotFound);
                }
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Contains("so no Build is live in dev: ", failure.Diagnostics[^1].Message, StringComparison.Ordinal);
        Assert.Null(await GetLiveBuildAsync());
    }

    [Fact]
    public async Task A_rejected_signature_is_a_warning_if_everything_else_is_right()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"), ("b.protected.txt", "for members"), ("c.protected.txt", "also"));
        ShowRejectedSignatures();

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal(3, live.VerifiedAssets);
        DiagnosticAssert.Same(
            Logger.Warnings,
            DeploymentDiagnostics.SignatureRejected("/b.txt", 2, new Uri(live.Url.AbsoluteUri).Host)
        );
    }

    [Fact]
    public async Task A_rejected_signature_does_not_hide_other_differences()
    {
        var before = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"), ("b.protected.txt", "for members"));
        ShowRejectedSignatures("/a.txt");

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB4010", "SAB4010", "SAB4011"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Equal(before.BuildSid, await GetLiveBuildAsync());
    }

    private void CancelDuringVerification(CancellationTokenSource stop) =>
        Bench.SiteHandler = () =>
            new InterceptingHandler(
                async (_, token) =>
                {
                    await stop.CancelAsync();
                    token.ThrowIfCancellationRequested();
                    return null;
                }
            );

    private void ShowRejectedSignatures(string wrongPath = "none") =>
        Bench.SiteHandler = () =>
            new WrongSite(
                request =>
                    request.Headers.Contains("X-Twilio-Signature") || request.RequestUri!.AbsolutePath == wrongPath,
                HttpStatusCode.Forbidden
            );

    private static Diagnostic Wrong(DeployResult live, string sha256) =>
        DeploymentDiagnostics.VerificationFailed(
            "/a.txt",
            $"{live.Url}a.txt",
            $"200, text/plain, sha256 {sha256}",
            $"200, text/plain, sha256 {WrongSite.Sha256}"
        );

    private void ShowWrongSite() =>
        Bench.SiteHandler = () =>
            new WrongSite(request => request.RequestUri!.AbsolutePath == "/a.txt", HttpStatusCode.OK);
}
