using System.Net;
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
        var failed = live.PreviousBuildSid!;
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
    public async Task The_first_deployment_can_not_be_rolled_back()
    {
        await UploadAsync(("a.txt", "first"));
        ShowWrongSite();

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var live = Assert.IsType<DeployResult>(failure.PartialResult);
        DiagnosticAssert.Same(
            failure.Diagnostics,
            Wrong(live, FirstSha256),
            DeploymentDiagnostics.RollbackFailed("dev", live.BuildSid, "nothing was deployed before", live.BuildSid)
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
                live.BuildSid
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
                "someone else deployed another Build during the verification",
                others
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
        Bench.SiteHandler = () =>
            new InterceptingHandler(
                async (_, token) =>
                {
                    await stop.CancelAsync();
                    token.ThrowIfCancellationRequested();
                    return null;
                }
            );

        var cancelled = await Assert.ThrowsAsync<RunCancelledException>(() =>
            DeployAsync(cancellationToken: stop.Token)
        );

        var live = Assert.IsType<DeployResult>(cancelled.PartialResult);
        Assert.Equal((true, null), (live.IsChanged, live.VerifiedAssets));
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }

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
