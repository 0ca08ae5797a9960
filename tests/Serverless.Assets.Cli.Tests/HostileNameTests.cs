namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// CI systems execute commands in a program's output, and the author of a pull request chooses file names.
/// </summary>
public sealed class HostileNameTests
{
    private const string Folder = "web##vso[task.setvariable variable=x]y##[error]";

    private static readonly string[] Names =
    [
        "a##vso[task.complete]b.txt",
        "c##[error]d.txt",
        "::error::e.txt",
        .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["f\n::add-mask::g.txt", "h\r##[set-env name=i]j.txt"],
    ];

    [Theory]
    [InlineData("upload")]
    [InlineData("plan")]
    [InlineData("upload", "--json")]
    [InlineData("plan", "--json")]
    [InlineData("upload", "--verbosity", "Diagnostic")]
    [InlineData("plan", "--verbosity", "Diagnostic")]
    public async Task Neither_results_nor_errors_hold_a_command(string command, params string[] options)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write($"{Folder}/fine.txt");
        foreach (var name in Names)
        {
            bench.Write($"bad/{name}");
        }

        var run = await bench.RunAsync(command, [Folder, .. options]);
        Assert.Equal(0, run.ExitCode);
        AssertNoCommand(run);
        if ((command, options) is ("plan", ["--json"]))
        {
            Assert.Equal(
                $"{Folder}/fine.txt",
                Assert.Single(run.Json.GetProperty("assets").EnumerateArray()).GetProperty("file").GetString()
            );
        }

        var refused = await bench.RunAsync(command, ["bad", .. options]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(Names.Length, refused.Codes.Count);
        AssertNoCommand(refused);
    }

    private static void AssertNoCommand(CliRun run) =>
        Assert.DoesNotContain(
            $"{run.Out}\n{run.Error}".Split('\n', '\r'),
            line =>
                line.Contains("##vso[", StringComparison.Ordinal)
                || line.Contains("##[", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("::", StringComparison.Ordinal)
        );
}
