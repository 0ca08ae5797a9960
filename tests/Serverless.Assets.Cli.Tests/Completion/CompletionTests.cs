using Serverless.Assets.Cli.Completion;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests.Completion;

/// <summary>The output that the completion scripts receive.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData(
        "serverless-assets ",
        "build completion deploy emulator list merge plan promote prune remove rollback upload verify versions"
    )]
    [InlineData("serverless-assets p", "plan promote prune")]
    [InlineData("/usr/bin/serverless-assets p", "plan promote prune")]
    [InlineData("p", "plan promote prune")]
    [InlineData("serverless-assets --", "--help --version")]
    [InlineData("serverless-assets upload --emu", "--emulator --emulator-data")]
    [InlineData("serverless-assets upload site --emu", "--emulator --emulator-data")]
    [InlineData("serverless-assets upload site --emulator", "--emulator --emulator-data")]
    [InlineData("serverless-assets upload --visibility ", "private protected public")]
    [InlineData("serverless-assets upload --visibility PRI", "private")]
    [InlineData("serverless-assets upload --verbosity d", "Detailed Diagnostic")]
    [InlineData("serverless-assets plan --path-characters ", "Dash Strict")]
    [InlineData("serverless-assets upload --visibility-from-file-name ", "False True")]
    [InlineData("serverless-assets build --other-assets ", "Keep KeepFor Remove")]
    [InlineData("serverless-assets ver", "verify versions")]
    [InlineData("serverless-assets versions ", "create get list")]
    [InlineData("serverless-assets versions l", "list")]
    [InlineData("serverless-assets versions list --asset /a --l", "--limit")]
    [InlineData("serverless-assets versions create a.png --pa", "--path --path-characters")]
    [InlineData("serverless-assets versions create --visibility ", "private protected public")]
    [InlineData("serverless-assets versions create ", "")] // a file
    [InlineData("serverless-assets completion ", "bash fish powershell zsh")]
    [InlineData("serverless-assets emulator --rate-reset", "--rate-reset --rate-reset-after-work")]
    [InlineData(
        "serverless-assets emulator --concurrency-header-counts ",
        "atArrival atArrivalWithRejected atResponse oneSecondBeforeArrival"
    )]
    [InlineData("serverless-assets upload ", "")] // folders
    [InlineData("serverless-assets deploy --manifest ", "")] // a file
    [InlineData("serverless-assets emulator --data ", "")]
    [InlineData("serverless-assets uplaod --", "--help --version")]
    [InlineData("serverless-assets upload @x --emu", "--emulator --emulator-data")]
    public async Task A_word_is_completed(string line, string candidates)
    {
        await using var bench = await Workbench.StartAsync();

        var run = (await bench.RunExactlyAsync($"[suggest:{line.Length}]", line)).SucceededSilently();

        Assert.Equal(candidates.Split(' ', StringSplitOptions.RemoveEmptyEntries), CliRun.Lines(run.Out));
    }

    [Fact]
    public async Task Only_what_is_before_the_cursor_counts()
    {
        await using var bench = await Workbench.StartAsync();

        Assert.Equal(
            "upload\n",
            (await bench.RunExactlyAsync("[suggest:21]", "serverless-assets uplXXX --json"))
                .SucceededSilently()
                .Out.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task All_flags_of_the_emulator_are_offered()
    {
        await using var bench = await Workbench.StartAsync();
        var help = (await bench.RunExactlyAsync("emulator", "--help")).SucceededSilently().Out;

        var offered = (await bench.RunExactlyAsync("[suggest:11]", "emulator --")).SucceededSilently();

        Assert.Equal(
            help.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.StartsWith("--", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
            CliRun.Lines(offered.Out)
        );
        Assert.All(new EmulatorCommand().Options, option => Assert.Contains(option.Name, CliRun.Lines(offered.Out)));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task Each_shell_has_its_script(string shell)
    {
        await using var bench = await Workbench.StartAsync();

        var script = (await bench.RunExactlyAsync("completion", shell)).SucceededSilently().Out;

        Assert.Equal(CompletionScript.Get(shell), script);
        Assert.Contains($"serverless-assets completion {shell}", script, StringComparison.Ordinal); // how it is installed
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', script.Replace("$'\\r'", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("completion", "tcsh")]
    [InlineData("completion")]
    public async Task Another_shell_is_bad_usage(params string[] args)
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunExactlyAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Equal(
            args.Length == 1 ? 0 : 1,
            run.ErrorLines.Count(line => line == "'tcsh' is not valid: expected one of bash, zsh, fish, powershell.")
        );
    }
}
