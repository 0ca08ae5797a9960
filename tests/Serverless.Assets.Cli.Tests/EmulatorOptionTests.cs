namespace Serverless.Assets.Cli.Tests;

/// <summary><c>--emulator</c>: from a folder to a site without an account.</summary>
public sealed class EmulatorOptionTests
{
    [Fact]
    public async Task Files_go_live_in_an_emulator_that_lives_as_long_as_the_command()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment.Clear();
        bench.Write("web/a.txt", "first");

        var uploaded = (
            await bench.RunExactlyAsync("upload", "web", "--project", bench.Project, "--emulator", "--quiet", "--json")
        )
            .SucceededSilently()
            .Json;
        var live = (
            await bench.RunExactlyAsync(
                "deploy",
                "--project",
                bench.Project,
                "--emulator",
                "--verify",
                "--quiet",
                "--json"
            )
        )
            .SucceededSilently()
            .Json;

        Assert.Equal(
            (uploaded.Text("serviceSid"), 1),
            (live.Text("serviceSid"), live.GetProperty("verified").GetInt32())
        );
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
        await using var later = await TestEmulator.OpenAsync(bench.PathOf("obj/serverless-assets/emulator"));
        Assert.Equal(["/a.txt public first"], await later.DescribeContentsAsync());
        Assert.Equal("site", (await later.GetAsync($"/v1/Services/{live.Text("serviceSid")}")).Text("unique_name"));
    }

    [Fact]
    public async Task An_emulator_that_runs_on_the_data_is_used()
    {
        await using var bench = await Workbench.StartAsync();
        await using var running = await TestEmulator.OpenAsync(bench.Data);
        bench.Environment.Clear();
        bench.Write("assets/a.txt", "first");

        (
            await bench.RunExactlyAsync(
                "upload",
                "--project",
                bench.Project,
                "--emulator",
                "--emulator-data",
                "../emulator",
                "--service-name",
                "named",
                "--quiet"
            )
        ).SucceededSilently();

        Assert.Equal(["/a.txt public first"], await running.DescribeContentsAsync());
        Assert.Equal(["/a.txt"], await running.GetAssetNamesAsync("named"));
    }

    [Fact]
    public async Task The_location_of_the_data_and_how_to_view_it_are_reported()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        var data = bench.PathOf("obj/serverless-assets/emulator");

        var run = await bench.RunExactlyAsync("plan", "--project", bench.Project, "--emulator");

        Assert.Equal(
            $"To browse the emulator at http://127.0.0.1:{File.ReadAllText(Path.Combine(data, "emulator.port"))}/, run: serverless-assets emulator --data \"{data}\"",
            Assert.Single(run.ErrorLines)
        );
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task An_unusable_data_folder_is_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.Write("file", "not a folder");

        var run = await bench.RunExactlyAsync(
            "upload",
            "--project",
            bench.Project,
            "--emulator",
            "--emulator-data",
            "file"
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1011"], run.Codes);
        Assert.Contains(bench.PathOf("file"), run.Error, StringComparison.Ordinal);
    }
}
