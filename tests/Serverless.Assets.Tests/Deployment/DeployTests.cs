using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>deploy</c> without concurrent deployments, without verification.</summary>
public sealed class DeployTests : DeploymentTest
{
    [Fact]
    public async Task The_first_deployment_creates_the_Environment()
    {
        await UploadAsync(("a.txt", "first"), ("css/b.css", "b {}"));

        var live = await DeployAsync();

        var environment = (await FindEnvironmentAsync())!.Value;
        Assert.Equal(
            new DeployResult(
                TestSid.From(environment.Text("service_sid")),
                "dev",
                TestSid.From(environment.Sid()),
                environment.Text("domain_name"),
                new Uri($"http://{environment.Text("domain_name")}/"),
                TestSid.From(environment.Text("build_sid")),
                live.DeploymentSid,
                PreviousBuildSid: null,
                IsChanged: true,
                VerifiedAssets: null
            )
            {
                Build = live.Build,
            },
            live
        );
        Assert.Equal((live.BuildSid, false, 2), (live.Build!.BuildSid, live.Build.IsReused, live.Build.AssetCount));
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
        Assert.Equal("200 b {}", await VisitAsync("/css/b.css"));
        Assert.Equal(
            $$"""{"version":1,"serviceSid":"{{live.ServiceSid}}","environment":"dev","environmentSid":"{{live.EnvironmentSid}}","domain":"{{live.Domain}}","url":"{{live.Url}}","buildSid":"{{live.BuildSid}}","deploymentSid":"{{live.DeploymentSid}}","previousBuildSid":null}""",
            ReadRecord(DeploymentRecordPath)
        );
    }

    [Fact]
    public async Task A_deployment_replaces_what_is_live()
    {
        var first = await UploadAndDeployAsync(("a.txt", "first"));

        var second = await UploadAndDeployAsync(("a.txt", "second"));

        Assert.Equal((first.BuildSid, true), (second.PreviousBuildSid, second.IsChanged));
        Assert.Equal(first.BuildSid, second.Build!.LiveBuildSid);
        Assert.Equal(second.BuildSid, await GetLiveBuildAsync());
        Assert.Equal("200 second", await VisitAsync("/a.txt"));
        Assert.Equal([first.BuildSid, second.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task Of_several_Deployments_of_the_live_Build_the_last_one_is_named()
    {
        var first = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAndDeployAsync(("a.txt", "second"));
        var last = await RollbackAsync(first.BuildSid);
        Assert.NotEqual(first.DeploymentSid, last.DeploymentSid);

        var again = await RollbackAsync(first.BuildSid);

        Assert.Equal((false, last.DeploymentSid), (again.IsChanged, again.DeploymentSid));
    }

    [Fact]
    public async Task A_Build_that_is_already_live_is_not_deployed_again()
    {
        var first = await UploadAndDeployAsync(("a.txt", "first"));
        var second = await UploadAndDeployAsync(("a.txt", "second"));
        var record = ReadRecord(DeploymentRecordPath);
        await Emulator.ResetStatsAsync();

        var again = await DeployAsync();

        Assert.Equal(second with { IsChanged = false, Build = again.Build }, again);
        Assert.Equal((first.BuildSid, true), (again.PreviousBuildSid, again.Build!.IsReused));
        Assert.Equal(record, ReadRecord(DeploymentRecordPath));
        Assert.Equal(
            ["Build.Fetch 1", "Deployment.List 1", "Environment.List 1", "Service.Fetch 1"],
            (await Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_Build_that_this_process_has_created_is_deployed_without_another_look_at_Builds()
    {
        await UploadAsync(("a.txt", "first"));
        var built = await BuildAsync();
        await Emulator.ResetStatsAsync();

        var live = await DeployAsync(new PreparedBuild(built.BuildSid, built.LiveBuildSid));

        Assert.Equal((built.BuildSid, null), (live.BuildSid, live.Build));
        Assert.Equal(built.BuildSid, await GetLiveBuildAsync());
        Assert.DoesNotContain(
            (await Emulator.CountRequestsAsync()).Keys,
            operation => operation.StartsWith("Build.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_record_of_the_Build_names_the_one_that_a_deployment_created()
    {
        await UploadAsync(("a.txt", "first"));
        await BuildAsync();
        await UploadAsync(("a.txt", "second"));

        var live = await DeployAsync();

        Assert.Equal(
            $$"""{"version":1,"serviceSid":"{{live.ServiceSid}}","buildSid":"{{live.BuildSid}}","environment":"dev","liveBuildSid":null}""",
            ReadRecord(BuildRecordPath)
        );
    }

    [Fact]
    public async Task A_failed_Build_leaves_what_is_live()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        Emulator.Faults = new EmulatorFaults { FailBuilds = true };

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        Assert.Equal(["SAB4004"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.Null(failure.PartialResult);
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal([live.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task A_deployment_that_the_service_rejects_is_an_error_with_the_Build_that_was_created()
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        var record = ReadRecord(DeploymentRecordPath);
        await UploadAsync(("a.txt", "second"));
        Refuse(HttpMethod.Post, "/Deployments", 400, "Runtime is no longer supported");

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        var built = Assert.IsType<BuildResult>(failure.PartialResult);
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4008",
            null,
            $"The service rejected the deployment of Build {built.BuildSid} to dev: Runtime is no longer supported"
        );
        Assert.Equal(["/a.txt"], await GetPathsAsync(built.BuildSid));
        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal(record, ReadRecord(DeploymentRecordPath));
    }

    [Fact]
    public async Task A_Deployment_with_a_lost_response_is_not_created_twice()
    {
        await UploadAsync(("a.txt", "first"));
        var lost = 0;
        Bench.HttpHandler = () =>
            new LateHandler(request =>
                request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith("/Deployments", StringComparison.Ordinal)
                && ++lost == 1
                    ? LateHandler.Fate.AnswerLost
                    : LateHandler.Fate.Normal
            );

        var live = await DeployAsync();

        Assert.Equal(1, lost);
        Assert.Equal([live.BuildSid], await GetDeployedBuildsAsync());
        Assert.NotNull(live.DeploymentSid);
        Assert.True(live.IsChanged);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_an_error_and_the_result_says_what_is_live()
    {
        await UploadAsync(("a.txt", "first"));
        Directory.CreateDirectory(DeploymentRecordPath); // a folder where the file should be

        var failure = await Assert.ThrowsAsync<AssetException>(() => DeployAsync());

        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB5012", DeploymentRecordPath, "can't be written");
        var live = Assert.IsType<DeployResult>(failure.PartialResult);
        Assert.Equal(await GetLiveBuildAsync(), live.BuildSid);
        Assert.True(live.IsChanged);
    }
}
