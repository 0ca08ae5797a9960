using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

public sealed class BuildTests
{
    [Fact]
    public async Task A_Build_of_the_manifest_is_created_and_reported_but_not_deployed()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"), ("names.private.json", "{}"));

        var built = await bench.JsonAsync("build");

        var service = (await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}")).Text("sid");
        Assert.Equal(
            $$"""{"outcome":"built","summary":"Created Build {{built.Text("buildSid")}} (2 assets, 0 functions)","serviceSid":"{{service}}","buildSid":"{{built.Text("buildSid")}}","environment":"dev","liveBuildSid":null,"reused":false,"assets":2,"functions":0}""",
            System.Text.Json.JsonSerializer.Serialize(built)
        );
        Assert.Equal(
            "completed",
            (await bench.Emulator.GetAsync($"/v1/Services/{service}/Builds/{built.Text("buildSid")}/Status")).Text(
                "status"
            )
        );
        Assert.Null(await bench.FindEnvironmentAsync("dev"));
        var record = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
            File.ReadAllText(bench.PathOf("serverless-assets.build.json"))
        );
        Assert.Equal((built.Text("buildSid"), "dev"), (record.Text("buildSid"), record.Text("environment")));
    }

    [Fact]
    public async Task An_identical_Build_is_used_again()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var first = await bench.JsonAsync("build");
        await bench.Emulator.ResetStatsAsync();

        var run = (await bench.RunAsync("build")).SucceededSilently();

        Assert.Equal([$"Reused Build {first.Text("buildSid")} (1 asset, 0 functions)"], CliRun.Lines(run.Out));
        Assert.False((await bench.Emulator.CountRequestsAsync()).ContainsKey("Build.Create"));
    }

    [Fact]
    public async Task Another_runtime_is_another_Build()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var first = await bench.JsonAsync("build", "--runtime", "node20");
        var second = await bench.JsonAsync("build", "--runtime", "node22");

        Assert.NotEqual(first.Text("buildSid"), second.Text("buildSid"));
        Assert.Equal(
            "node22",
            (
                await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}/Builds/{second.Text("buildSid")}")
            ).Text("runtime")
        );
    }

    [Fact]
    public async Task A_Build_that_takes_time_is_waited_for()
    {
        await using var bench = await Workbench.StartOnSharedClockAsync(new EmulatorFaults { BuildSeconds = 30 });
        await bench.UploadAsync(("a.txt", "first"));

        var built = await bench.JsonAsync("build");

        Assert.Equal(
            "completed",
            (
                await bench.Emulator.GetAsync(
                    $"/v1/Services/{Workbench.ServiceName}/Builds/{built.Text("buildSid")}/Status"
                )
            ).Text("status")
        );
        Assert.InRange((await bench.Emulator.CountRequestsAsync())["BuildStatus.Fetch"], 20, 35); // about one a second
    }

    [Fact]
    public async Task A_failed_Build_is_an_error_that_names_it_and_is_not_used_again()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        bench.Emulator.Faults = new EmulatorFaults { FailBuilds = true };

        var run = await bench.RunAsync("build", "--json");

        var failed = (await bench.Emulator.GetAsync($"/v1/Services/{Workbench.ServiceName}/Builds"))
            .GetProperty("builds")
            .EnumerateArray()
            .Single()
            .Text("sid");
        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB4004"], run.Codes);
        Assert.Contains($"Build {failed} of Service ZS", run.Error, StringComparison.Ordinal);
        Assert.Contains("Twilio Console", run.Error, StringComparison.Ordinal);

        bench.Emulator.Faults = new EmulatorFaults();
        Assert.NotEqual(failed, (await bench.JsonAsync("build")).Text("buildSid"));
    }
}
