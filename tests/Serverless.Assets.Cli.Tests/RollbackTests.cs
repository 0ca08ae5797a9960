using System.Net;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

public sealed class RollbackTests
{
    [Fact]
    public async Task The_Build_before_is_live_again_without_a_manifest()
    {
        await using var bench = await Workbench.StartAsync();
        var first = await bench.DeployAsync(("a.txt", "first"));
        var second = await bench.DeployAsync(("a.txt", "second"));
        File.Delete(bench.ManifestPath);

        var run = (await bench.RunAsync("rollback")).SucceededSilently();

        Assert.Equal(
            [$"Rolled back dev to {first.Text("buildSid")} (was {second.Text("buildSid")}): {first.Text("url")}"],
            CliRun.Lines(run.Out)
        );
        Assert.Equal(first.Text("buildSid"), await bench.LiveBuildAsync());
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{first.Text("url")}a.txt"));
    }

    [Fact]
    public async Task A_specified_Build_is_deployed()
    {
        await using var bench = await Workbench.StartAsync();
        var first = await bench.DeployAsync(("a.txt", "first"));
        await bench.DeployAsync(("a.txt", "second"));
        var third = await bench.DeployAsync(("a.txt", "third"));

        var live = await bench.JsonAsync("rollback", "--build", first.Text("buildSid"));

        Assert.Equal(
            (first.Text("buildSid"), third.Text("buildSid"), true),
            (live.Text("buildSid"), live.Text("previousBuildSid"), live.GetProperty("changed").GetBoolean())
        );
        Assert.Equal(first.Text("buildSid"), await bench.LiveBuildAsync());
    }

    [Fact]
    public async Task The_manifest_names_the_Service_too()
    {
        await using var bench = await Workbench.StartAsync();
        var first = await bench.DeployAsync(("a.txt", "first"));
        await bench.DeployAsync(("a.txt", "second"));

        (
            await bench.RunExactlyAsync(
                "rollback",
                "--project",
                bench.Project,
                "--api-base-url",
                bench.Emulator.Url,
                "--upload-base-url",
                bench.Emulator.Url
            )
        ).SucceededSilently();

        Assert.Equal(first.Text("buildSid"), await bench.LiveBuildAsync());
    }

    [Fact]
    public async Task Nothing_to_go_back_to_is_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        var only = await bench.DeployAsync(("a.txt", "first"));

        var run = await bench.RunAsync("rollback");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB4012"], run.Codes);
        Assert.Equal(["SAB4013"], (await bench.RunAsync("rollback", "--environment", "prod")).Codes);
        Assert.Equal(only.Text("buildSid"), await bench.LiveBuildAsync());
    }

    [Theory]
    [InlineData("ZB1", "it is not a valid Build SID")]
    [InlineData("ZB00000000000000000000000000000000", "the service has no such Build")]
    [InlineData("failed", "its status is failed")]
    public async Task A_Build_that_cannot_be_deployed_is_an_error(string build, string reason)
    {
        await using var bench = await Workbench.StartAsync();
        var live = await bench.DeployAsync(("a.txt", "first"));
        await bench.UploadAsync(("a.txt", "second"));
        bench.Emulator.Faults = new EmulatorFaults { FailBuilds = true };
        Assert.Equal(["SAB4004"], (await bench.RunAsync("build")).Codes);
        var builds = await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}/Builds");
        var failed = builds
            .GetProperty("builds")
            .EnumerateArray()
            .Single(found => found.Text("status") == "failed")
            .Text("sid");

        var run = await bench.RunAsync("rollback", "--build", build == "failed" ? failed : build);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4014"], run.Codes);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal(live.Text("buildSid"), await bench.LiveBuildAsync());
    }
}
