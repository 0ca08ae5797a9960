using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The output of a build at each console verbosity, without a binary log.</summary>
public sealed class VerbosityTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const string Summary = "Serverless assets: Nothing changed: 2 files already uploaded to ZS*";
    private static readonly string[] Files =
    [
        "assets/a.txt -> /a.txt (public, text/plain; charset=utf-8)",
        "assets/b.private.txt -> /b.txt (private, text/plain; charset=utf-8)",
    ];
    private static readonly string[] Table = ["public 1 1 B 0 1", "private 1 2 B 0 1", "total 2 3 B 0 2"];
    private static readonly string[] Done =
    [
        "Unchanged assets/a.txt -> /a.txt (public, 1 bytes, ZN*)",
        "Unchanged assets/b.private.txt -> /b.txt (private, 2 bytes, ZN*)",
    ];

    [Fact]
    public async Task One_line_sums_up_a_detailed_log_has_one_for_each_file_and_a_diagnostic_one_each_request()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a").File("assets/b.private.txt", "bb");
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        var manifest = $"Site -> {project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json")}";

        async Task<string[]> SaidAsync(string verbosity)
        {
            var (exitCode, output) = await project.RunPlainAsync(
                "msbuild",
                "-t:UploadServerlessAssets",
                "-tl:off",
                $"-v:{verbosity}"
            );
            Assert.True(exitCode == 0, output);
            return [.. output.Split('\n', StringSplitOptions.TrimEntries).Where(IsOurs).Select(Generalize)];
        }

        Assert.Empty(await SaidAsync("quiet"));
        string[] summary = [Summary, manifest];
        Assert.Equal(summary, await SaidAsync("minimal"));
        Assert.Equal(summary, await SaidAsync("normal"));

        string[] detailed = [.. Files, .. Done, .. Table, Summary, manifest];
        Assert.Equal(
            detailed.Order(StringComparer.Ordinal),
            (await SaidAsync("detailed")).Order(StringComparer.Ordinal)
        );

        string[] diagnostic = [.. detailed, "GET " + emulator.Url + "/v1/Services/site (Service site): 200 RQ*"];
        Assert.Equal(
            diagnostic.Order(StringComparer.Ordinal),
            (await SaidAsync("diagnostic")).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>MSBuild's own detail aside.</summary>
    private static bool IsOurs(string line) =>
        Regex.IsMatch(
            line,
            "^(Serverless assets|GET |POST |DELETE |Unchanged |Site -> |assets/.* -> |(public|private|total) )"
        );

    /// <summary>
    /// Without what differs from run to run: SIDs, durations, the widths of a table, and the task that a diagnostic log
    /// names.
    /// </summary>
    private static string Generalize(string line)
    {
        line = Regex.Replace(line, @" \(TaskId:\d+\)$", "");
        line = Regex.Replace(line, "(ZS|ZN|RQ)[0-9a-f]{32}", "$1*");
        return Regex.Replace(Regex.Replace(line, @"in [0-9.]+ s$", "in * s"), " +", " ");
    }
}
