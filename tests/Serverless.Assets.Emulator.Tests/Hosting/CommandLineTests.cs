using System.Text.Json;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Tests.Hosting;

public class CommandLineTests
{
    [Fact]
    public void Without_flags_the_defaults_hold()
    {
        var options = CommandLine.Parse([]);

        Assert.Equal(new EmulatorOptions(), options);
        Assert.Equal(0, options.Port);
        Assert.Equal(".serverless-assets/emulator", options.DataDirectory);
    }

    [Fact]
    public void Every_flag_is_read()
    {
        var options = CommandLine.Parse([
            "--port",
            "5005",
            "--data",
            "there",
            "--credentials",
            "me:pass:word",
            "--auth-token",
            "token",
            "--until-input-closes",
            "--latency-ms",
            "100",
            "--allowed-concurrency",
            "40",
            "--rate500",
            "0.25",
            "--fail-builds",
            "--reject-path-contains",
            "12",
            "--clock-shift-seconds",
            "-1.5",
        ]);

        Assert.Equal(
            new EmulatorOptions
            {
                Port = 5005,
                DataDirectory = "there",
                Credentials = "me:pass:word",
                AuthToken = "token",
                ExitWhenInputCloses = true,
                Faults = new EmulatorFaults
                {
                    LatencyMs = 100,
                    AllowedConcurrency = 40,
                    Rate500 = 0.25,
                    FailBuilds = true,
                    RejectPathContains = "12",
                    ClockShiftSeconds = -1.5,
                },
            },
            options
        );
    }

    [Fact]
    public void Every_knob_has_its_flag()
    {
        var knobs = typeof(EmulatorFaults).GetProperties().Select(property => property.Name).ToArray();

        Assert.Equal(
            knobs.Select(name => "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(name)),
            FaultFlags.All.Select(flag => flag.Flag)
        );
        Assert.Equal(
            knobs.Select(JsonNamingPolicy.CamelCase.ConvertName),
            FaultFlags.All.Select(flag => flag.JsonName)
        );
        Assert.All(FaultFlags.All, flag => Assert.Contains(flag.Flag, CommandLine.Help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--ports", "Unknown flag --ports.")]
    [InlineData("data", "Unknown flag data.")]
    [InlineData("--port", "--port needs a value.")]
    [InlineData("--port 70000", "--port takes a number from 0 to 65535, not '70000'.")]
    [InlineData("--credentials secret", "--credentials takes user:password.")]
    [InlineData("--latency-ms soon", "--latency-ms takes a number, not 'soon'.")]
    [InlineData("--rate500 2", "A rate is from 0 to 1.")]
    public async Task What_is_wrong_is_told_with_exit_2(string line, string message)
    {
        var (code, output, error) = await RunAsync([.. line.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Equal($"{message} See --help.{Environment.NewLine}", error);
    }

    [Fact]
    public async Task A_fraction_is_no_whole_number()
    {
        var (code, _, error) = await RunAsync("--latency-ms", "1.5");

        Assert.Equal(2, code);
        Assert.Contains("latencyMs", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_shown()
    {
        var (code, output, error) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.Equal(CommandLine.Help, output);
        Assert.Empty(error);
    }

    [Fact]
    public async Task It_says_where_it_listens_and_ends_when_cancelled()
    {
        using var folder = new TempFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var end = new CancellationTokenSource();

        var run = EmulatorCommand.RunAsync(["--data", folder.Path], output, error, end.Token);
        while (!File.Exists(folder["emulator.json"]) || output.ToString().Length == 0)
        {
            TestEmulator.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var announced = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(folder["emulator.json"]));
        var url = announced.Text("url");
        Assert.Equal(Environment.ProcessId, announced.GetProperty("pid").GetInt32());
        Assert.StartsWith("http://127.0.0.1:", url, StringComparison.Ordinal);
        Assert.Equal($"listening on {url}{Environment.NewLine}", output.ToString());

        var second = await RunAsync("--data", folder.Path);
        Assert.Equal(
            (1, "", $"The data folder {folder.Path} is in use by an emulator at {url}.{Environment.NewLine}"),
            second
        );

        await end.CancelAsync();
        Assert.Equal(0, await run);
        Assert.Empty(error.ToString());
        Assert.False(File.Exists(folder["emulator.json"]));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EmulatorCommand.RunAsync(args, output, error, TestEmulator.Token);
        return (code, output.ToString(), error.ToString());
    }
}
