using Serverless.Assets.Client;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

/// <summary>The built program, as a script sees it.</summary>
public sealed class ProcessTests
{
    private const int Files = 60;

    [Fact]
    public async Task The_tool_reports_its_version()
    {
        using var folder = new TempFolder();
        using var program = CliProcess.Start(folder.Path, new Dictionary<string, string>(), "--version");

        var run = (await program.EndAsync()).SucceededSilently();

        Assert.Matches(@"^\d+\.\d+\.\d+\S*\r?\n\z", run.Out);
    }

    /// <summary>The variables of a developer would change what the tests of the built tool see.</summary>
    [Fact]
    public void A_run_inherits_no_variable_that_changes_it()
    {
        var start = new System.Diagnostics.ProcessStartInfo();
        start.Environment["TWILIO_REGION"] = "ie1";
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4317";
        start.Environment["OTHER"] = "kept";

        ProcessEnvironment.SetForTool(start, new Dictionary<string, string> { ["TWILIO_EDGE"] = "dublin" });

        string[] names = ["TWILIO_REGION", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTHER", "TWILIO_EDGE"];
        Assert.Equal(["OTHER", "TWILIO_EDGE"], names.Where(start.Environment.ContainsKey));
    }

    [Fact]
    public async Task Bad_usage_exits_with_2()
    {
        using var folder = new TempFolder();
        using var program = CliProcess.Start(folder.Path, new Dictionary<string, string>(), "uplaod");

        var run = await program.EndAsync();

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Its_results_are_UTF_8_whatever_the_terminal_speaks()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "The encoding of a Windows console is not set by a variable.");
        await using var bench = await Workbench.StartAsync();
        bench.Write("été/a.txt", "first");
        bench.Environment["LC_ALL"] = "en_US.ISO-8859-1";
        using var program = bench.Start(bench.Arguments("plan", "--json", "été"));

        var run = (await program.EndAsync()).SucceededSilently();

        Assert.Equal("été/a.txt", run.Json.GetProperty("assets")[0].GetProperty("file").GetString());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_cancelled_upload_exits_with_130_and_the_next_sends_the_rest(string signal)
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var bench = await Workbench.StartAsync(new EmulatorFaults { LatencyMs = 20 });
        for (var i = 0; i < Files; i++)
        {
            bench.Write($"assets/{i}.txt", $"content {i}");
        }

        using var program = bench.Start(bench.Arguments("upload", "--json", "--max-concurrency", "2"));
        await bench.Emulator.WaitForUploadsAsync(10, program.Exited);

        await program.SignalAsync(signal);

        var run = await program.EndAsync();
        Assert.Equal((130, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB3010"], run.Codes);
        var done = int.Parse(
            run.Error.Split("Canceled with ")[1].Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.InRange(done, 8, Files - 1);
        Assert.False(File.Exists(bench.ManifestPath));

        var next = await bench.RunAsync("upload", "--json", "--quiet");
        Assert.Equal(
            (done, Files - done),
            (
                next.SucceededSilently().Json.GetProperty("unchanged").GetInt32(),
                next.Json.GetProperty("uploaded").GetInt32()
            )
        );
    }

    [Theory]
    [InlineData(256, 0)]
    [InlineData(64, 1)]
    public async Task Few_open_files_are_enough_or_the_error_says_how_many_are(int limit, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        await using var bench = await Workbench.StartAsync(new EmulatorFaults { LatencyMs = 20 });
        for (var i = 0; i < 400; i++)
        {
            bench.Write($"assets/{i}.txt", $"content {i}");
        }

        var run = await bench.RunInShellAsync(
            $"ulimit -n {limit} && exec \"$@\"",
            bench.Arguments("upload", "--json", "--quiet")
        );

        Assert.Equal(exitCode, run.ExitCode);
        if (exitCode == 0)
        {
            Assert.Equal(400, run.SucceededSilently().Json.GetProperty("uploaded").GetInt32());
        }
        else
        {
            Assert.Equal("", run.Out);
            Assert.Equal(["SAB1036"], run.Codes);
            Assert.Contains("only 64 files", run.Error, StringComparison.Ordinal);
            Assert.Single(run.ErrorLines);
        }
    }

    [Fact]
    public async Task Few_open_files_are_enough_for_every_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        await using var bench = await Workbench.StartAsync(new EmulatorFaults { LatencyMs = 20 });
        for (var i = 0; i < 100; i++)
        {
            bench.Write($"assets/{i}.txt", $"content {i}");
        }

        string[][] commands =
        [
            ["plan"],
            ["upload"],
            ["build"],
            ["deploy", "--verify"],
            ["list"],
            ["verify"],
            ["prune"],
        ];
        foreach (var command in commands)
        {
            var run = await bench.RunInShellAsync(
                $"ulimit -n {OpenFileLimit.Minimum} && exec \"$@\"",
                bench.Arguments(command[0], ["--json", "--quiet", .. command[1..]])
            );

            run.SucceededSilently();
        }
    }

    [Theory]
    [InlineData("> /dev/full", true)]
    [InlineData(">&-", true)]
    [InlineData("2> /dev/full", false)]
    [InlineData("2>&-", false)]
    [InlineData("| true", false)]
    public async Task A_result_that_cannot_be_written_is_no_defect_of_the_tool(string redirection, bool isError)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/page.html");
        string[][] commands =
        [
            bench.Arguments("upload", "--json"),
            bench.Arguments("upload", "--verbosity", "detailed"),
            ["--help"],
            ["upload", "--help"],
            ["--version"],
            ["completion", "bash"],
        ];
        foreach (var command in commands)
        {
            var run = await bench.RunInShellAsync($"\"$@\" {redirection}", command);

            Assert.True((isError ? 1 : 0) == run.ExitCode, $"{string.Join(' ', command)}: {run.ExitCode} {run.Error}");
            Assert.Equal(isError ? ["SAB5016"] : [], run.Codes);
            Assert.DoesNotContain("Unhandled", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(1, await bench.Emulator.CountUploadsAsync());
        Assert.Equal(2, (await bench.RunInShellAsync($"\"$@\" 2> /dev/full", "uplaod")).ExitCode);
    }
}
