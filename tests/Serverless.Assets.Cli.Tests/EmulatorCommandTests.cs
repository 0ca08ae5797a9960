namespace Serverless.Assets.Cli.Tests;

/// <summary>The tool's emulator command, in its own process.</summary>
public sealed class EmulatorCommandTests
{
    private const string NoSignals = "Windows has no such signals.";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task The_emulator_reports_its_address_serves_and_shuts_down_cleanly_on_a_signal(string signal)
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), NoSignals);
        using var folder = new TempFolder();
        using var emulator = CliProcess.Start(
            folder.Path,
            new Dictionary<string, string>(),
            "emulator",
            "--port",
            "0",
            "--data",
            "data"
        );
        var line = await emulator.ReadLineAsync();
        Assert.Matches(@"^listening on http://127\.0\.0\.1:[1-9]\d*\z", line);
        using (var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }))
        {
            Assert.Contains(
                "\"requests\"",
                await http.GetStringAsync(
                    new Uri(line!["listening on ".Length..] + "/__emulator/stats"),
                    Workbench.Token
                ),
                StringComparison.Ordinal
            );
        }

        await emulator.SignalAsync(signal);

        Assert.Equal(new CliRun(0, "", ""), await emulator.EndAsync());
        Assert.True(Directory.Exists(folder["data"]));
        Assert.False(File.Exists(folder["data/emulator.json"]));
    }

    [Theory]
    [InlineData("--port", "5005")]
    [InlineData("--port=5005")]
    public void Its_options_are_parsed_like_those_of_other_commands(params string[] args)
    {
        var parsed = CliApplication.CreateRoot(Workbench.NoConsole).Parse(["emulator", .. args]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(5005, parsed.GetValue<int>("--port"));
    }

    [Fact]
    public async Task An_upload_goes_to_it_from_another_process()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        using var emulator = bench.Start("emulator", "--data", "other", "--until-input-closes");
        var url = (await emulator.ReadLineAsync())!["listening on ".Length..];

        using var upload = bench.Start(
            "upload",
            "--project",
            "site",
            "--json",
            "--service-name",
            "site",
            "--create-service",
            "--api-base-url",
            url,
            "--upload-base-url",
            url
        );

        var run = await upload.EndAsync();
        Assert.Equal((0, 1), (run.ExitCode, run.Json.GetProperty("uploaded").GetInt32()));
        Assert.True(File.Exists(bench.ManifestPath));
    }
}
