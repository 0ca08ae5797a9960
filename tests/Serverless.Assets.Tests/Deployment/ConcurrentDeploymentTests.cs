using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The operation <c>deploy</c> while someone else deploys to the same Environment.</summary>
public sealed class ConcurrentDeploymentTests : DeploymentTest
{
    [Fact]
    public async Task A_Build_of_an_earlier_step_is_rebuilt_when_someone_else_has_deployed_since()
    {
        await UploadAsync(("a.txt", "first"));
        var built = await BuildAsync();
        var others = await DeployAsSomeoneElseAsync("/other.txt");

        var live = await DeployAsync(new CreatedBuild(built.BuildSid, built.LiveBuildSid));

        Assert.NotEqual(built.BuildSid, live.BuildSid);
        Assert.Equal((others, others), (live.PreviousBuildSid, live.Build!.LiveBuildSid));
        Assert.Equal((2, false), (live.Build.AssetCount, live.Build.IsReused));
        Assert.Equal("200 first", await VisitAsync("/a.txt"));
        Assert.Equal("200 of someone else", await VisitAsync("/other.txt"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_Build_is_created_again_when_someone_else_deploys_meanwhile(int times)
    {
        await UploadAsync(("a.txt", "first"));
        RunBefore(
            HttpMethod.Post,
            "/Builds",
            async number =>
            {
                if (number <= times)
                {
                    await DeployAsSomeoneElseAsync($"/other-{number}.txt");
                }
            }
        );

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
        Assert.Equal(["/a.txt", $"/other-{times}.txt"], await GetPathsAsync(live.BuildSid));
        Assert.Equal(times + 1, (await GetDeployedBuildsAsync()).Length);
    }

    [Fact]
    public async Task After_three_deployments_of_others_it_is_an_error_and_theirs_stays_live()
    {
        await UploadAsync(("a.txt", "first"));
        var others = new List<string>();
        RunBefore(
            HttpMethod.Post,
            "/Builds",
            async number => others.Add(await DeployAsSomeoneElseAsync($"/other-{number}.txt"))
        );

        var failure = await FailsAsync(() => DeployAsync(), DeploymentDiagnostics.LiveBuildChanged("dev", 3));

        Assert.Equal(3, others.Count);
        Assert.Equal(others, await GetDeployedBuildsAsync());
        Assert.Equal(2, Assert.IsType<BuildResult>(failure.PartialResult).AssetCount);
        Assert.False(File.Exists(DeploymentRecordPath));
    }

    [Fact]
    public async Task A_reused_Build_that_was_waited_for_is_planned_again_when_someone_else_deploys_meanwhile()
    {
        await UploadAsync(("a.txt", "first"));
        Emulator.Faults = new EmulatorFaults { BuildSeconds = 30 };
        (await Emulator.Api.BuildAsync(EngineWorkbench.ServiceName, [.. Bench.ReadManifest().AssetVersions])).Created();
        Emulator.Faults = new EmulatorFaults();
        RunBefore(
            HttpMethod.Get,
            "/Status",
            number => number == 1 ? DeployAsSomeoneElseAsync("/other.txt") : Task.CompletedTask
        );

        var live = await DeployAsync();

        Assert.Equal(["/a.txt", "/other.txt"], await GetPathsAsync(live.BuildSid));
        Assert.Equal("200 of someone else", await VisitAsync("/other.txt"));
    }

    [Fact]
    public async Task The_same_Build_deployed_by_someone_else_first_is_no_error()
    {
        await UploadAndDeployAsync(("a.txt", "first"));
        await UploadAsync(("a.txt", "second"));
        var built = await BuildAsync();
        RunBefore(HttpMethod.Post, "/Deployments", _ => DeployAsSomeoneElseAsync(built.BuildSid, "dev"));

        var live = await DeployAsync();

        Assert.Equal(built.BuildSid, live.BuildSid);
        Assert.Equal(2, (await GetDeployedBuildsAsync()).Length);
        Assert.NotNull(live.DeploymentSid);
    }

    [Fact]
    public async Task The_Environment_created_by_someone_else_first_is_no_error()
    {
        await UploadAsync(("a.txt", "first"));
        RunBefore(
            HttpMethod.Post,
            "/Environments",
            _ => Emulator.Api.CreateEnvironmentAsync(EngineWorkbench.ServiceName)
        );

        var live = await DeployAsync();

        Assert.Equal(live.BuildSid, await GetLiveBuildAsync());
    }
}
