using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>rollback</c>: deploys an earlier Build again.</summary>
public sealed class RollbackTests : DeploymentTest
{
    [Fact]
    public async Task The_previous_Build_is_deployed_again_without_a_manifest()
    {
        var first = await UploadAndDeployAsync(("a.txt", "first"));
        var second = await UploadAndDeployAsync(("a.txt", "second"));
        File.Delete(Bench.Settings.ManifestPath);
        await Emulator.ResetStatsAsync();

        var live = await RollbackAsync();

        Assert.Equal(
            (first.BuildSid, second.BuildSid, DeploymentReason.Rollback, true),
            (live.BuildSid, live.PreviousBuildSid, live.Reason, live.IsChanged)
        );
        Assert.Equal(
            [
                "Build.Fetch 1",
                "Deployment.Create 1",
                "Deployment.List 2",
                "Environment.Fetch 1",
                "Environment.List 1",
                "Service.Fetch 1",
            ],
            (await Emulator.TakeRequestsAsync()).Order(StringComparer.Ordinal)
        );
        Assert.Equal([first.BuildSid, second.BuildSid, first.BuildSid], await GetDeployedBuildsAsync());
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
        Assert.Contains(
            $"\"buildSid\":\"{first.BuildSid}\",\"deploymentSid\":\"{live.DeploymentSid}\","
                + $"\"previousBuildSid\":\"{second.BuildSid}\"",
            ReadRecord(DeploymentRecordPath),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_given_Build_is_deployed()
    {
        var first = await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAndDeployAsync(("a.txt", "second"));
        var third = await UploadAndDeployAsync(("a.txt", "third"));

        var live = await RollbackAsync(first.BuildSid);

        Assert.Equal((first.BuildSid, third.BuildSid), (live.BuildSid, live.PreviousBuildSid));
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
    }

    [Fact]
    public async Task The_live_Build_needs_no_deployment()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        var second = await UploadAndDeployAsync(("a.txt", "second"));
        var deployments = await GetDeployedBuildsAsync();

        var live = await RollbackAsync(second.BuildSid);

        Assert.Equal((second.BuildSid, false), (live.BuildSid, live.IsChanged));
        Assert.Equal(deployments, await GetDeployedBuildsAsync());
    }

    [Theory]
    [InlineData("ZB1", "it is not a valid Build SID (ZB followed by 32 hexadecimal digits)")]
    [InlineData("ZB00000000000000000000000000000000", "the service has no such Build")]
    [InlineData("failed", "its status is failed")]
    [InlineData("building", "its status is building")]
    public async Task A_Build_that_cannot_be_deployed_is_an_error(string build, string reason)
    {
        var live = await UploadAndDeployAsync(("a.txt", "first"));
        var version = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/other.txt", "x");
        Emulator.Faults = new EmulatorFaults
        {
            FailBuilds = build == "failed",
            BuildSeconds = build == "building" ? 30 : 0,
        };
        var other = (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, version)).Created().Sid();
        var wanted = build is "failed" or "building" ? other : build;

        await FailsAsync(() => RollbackAsync(wanted), DeploymentDiagnostics.BuildNotUsable(wanted, reason));

        Assert.Equal([live.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task Without_an_earlier_Build_it_is_an_error()
    {
        var only = await UploadAndDeployAsync(("a.txt", "first"));

        await FailsAsync(() => RollbackAsync(), DeploymentDiagnostics.NothingToRollBackTo("dev"));

        Assert.Equal([only.BuildSid], await GetDeployedBuildsAsync());
    }

    [Fact]
    public async Task Without_a_live_Build_it_is_an_error()
    {
        var only = await UploadAndDeployAsync(("a.txt", "first"));
        UseEnvironment("prod");

        await FailsAsync(
            () => RollbackAsync(only.BuildSid),
            DeploymentDiagnostics.NothingLive("prod", SettingTable.Environment)
        );

        Assert.Null(await FindEnvironmentAsync("prod"));
    }

    [Fact]
    public async Task A_Build_SID_in_other_letter_case_is_the_same_Build()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        var live = await UploadAndDeployAsync(("a.txt", "second"));

        var same = await RollbackAsync("ZB" + live.BuildSid.ToString()[2..].ToUpperInvariant());

        Assert.False(same.IsChanged);
        Assert.Equal(2, (await GetDeployedBuildsAsync()).Length);
    }
}
