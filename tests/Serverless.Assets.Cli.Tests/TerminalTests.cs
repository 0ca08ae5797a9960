using System.Text.RegularExpressions;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

/// <summary>The built program in a terminal, as a person sees it.</summary>
public sealed partial class TerminalTests
{
    private const int Files = 60;

    [Fact]
    public async Task An_upload_shows_its_progress_and_then_only_the_result()
    {
        await using var bench = await SlowAsync();
        using var terminal = bench.StartInTerminal(bench.Arguments("upload"));
        await terminal.WaitForAsync($"/{Files} files");
        await terminal.WaitForAsync(" of 2 in flight");
        bench.Emulator.Faults = new EmulatorFaults();

        Assert.Equal(0, await terminal.EndAsync());

        var screen = TerminalScreen.From(terminal.Written, CliProcess.TerminalWidth);
        Assert.True(screen.IsCursorVisible);
        Assert.DoesNotContain("in flight", screen.Text, StringComparison.Ordinal);
        Assert.Matches(
            @"^Created the Service site \(ZS\w+\)\nUploaded \d+ files \([^)]+\) to ZS\w+ in [\d.]+ s, 0 unchanged\n  visibility  files ",
            screen.Text
        );
        Assert.Equal(Files, (await bench.Emulator.DescribeVersionsAsync()).Length); // uploads that got 429 count as requests, too
    }

    [Fact]
    public async Task Ctrl_C_leaves_the_terminal_as_it_was()
    {
        await using var bench = await SlowAsync();
        using var terminal = bench.StartInTerminal(bench.Arguments("upload"));
        await terminal.WaitForAsync(" left\r\n"); // the whole of it: the terminal shows ^C where the cursor is

        await terminal.TypeAsync("\u0003");

        Assert.Equal(130, await terminal.EndAsync());
        var screen = TerminalScreen.From(terminal.Written, CliProcess.TerminalWidth);
        Assert.True(screen.IsCursorVisible, terminal.Written);
        Assert.DoesNotContain("in flight", screen.Text, StringComparison.Ordinal);
        Assert.Contains("warning SAB3010: Canceled with ", screen.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(bench.ManifestPath));
    }

    [Theory]
    [InlineData("NO_COLOR", "1", false)]
    [InlineData("NO_COLOR", "", true)]
    [InlineData("TERM", "dumb", false)]
    public async Task Errors_are_red_unless_colors_are_refused(string name, string value, bool isRed)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment[name] = value;
        using var terminal = bench.StartInTerminal("plan", "--timeout", "0");

        Assert.Equal(1, await terminal.EndAsync());

        Assert.Contains("error SAB1009: --timeout '0' is not valid", terminal.Written, StringComparison.Ordinal);
        Assert.Equal(isRed, Color().IsMatch(terminal.Written));
    }

    [Fact]
    public async Task Nothing_is_drawn_where_progress_cannot_be_drawn()
    {
        await using var bench = await SlowAsync();
        bench.Environment["CI"] = "true";
        bench.Emulator.Faults = new EmulatorFaults();
        using var terminal = bench.StartInTerminal(bench.Arguments("upload"));

        Assert.Equal(0, await terminal.EndAsync());

        Assert.DoesNotContain("in flight", terminal.Written, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[2K", terminal.Written, StringComparison.Ordinal);
    }

    private static async Task<Workbench> SlowAsync()
    {
        var bench = await Workbench.StartAsync(new EmulatorFaults { LatencyMs = 200, AllowedConcurrency = 2 });
        for (var i = 0; i < Files; i++)
        {
            bench.Write($"assets/{i}.txt", $"content {i}");
        }

        return bench;
    }

    /// <summary>.NET itself sends sequences that tell the terminal how to send keys.</summary>
    [GeneratedRegex(@"\e\[[0-9;]+m", RegexOptions.CultureInvariant)]
    private static partial Regex Color();
}
