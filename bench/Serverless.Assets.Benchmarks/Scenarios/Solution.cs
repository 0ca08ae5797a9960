using System.Diagnostics;
using System.Globalization;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// 20 projects with 1,000 files each, uploaded to 20 Services one after the other by one process, as an MSBuild node does
/// with the projects of a solution. The service answers immediately.
/// </summary>
internal sealed class Solution : IScenario
{
    private const int Projects = 20;
    private const int FilesOfEach = 1000;
    private const double Megabyte = 1024 * 1024;

    public string Name => "solution";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        var uploaded = 0;
        var memory = new List<double>();
        var seconds = new List<double>();
        for (var number = 0; number < Projects; number++)
        {
            var project = workspace.CreateChild(string.Create(CultureInfo.InvariantCulture, $"project-{number:d2}"));
            project.WriteFiles(FilesOfEach, 1024);
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var result = await project.UploadAsync($"solution-{number}").ConfigureAwait(false);
            process.Refresh();
            uploaded += result!.Assets.Count;
            seconds.Add((process.TotalProcessorTime - before).TotalSeconds);
            memory.Add(process.PeakWorkingSet64 / Megabyte);
        }

        // The first half also compiles the code.
        return
        [
            Figure.Exactly("20 projects in one process: uploaded files", uploaded, Projects * FilesOfEach, ""),
            Figure.AtMost(
                "  processor time, last 5 to projects 6 to 10",
                Sum(seconds, 15) / Sum(seconds, 5),
                1.25,
                "x"
            ),
            Figure.AtMost("  peak memory, all 20 to the first 5", memory[^1] / memory[4], 1.25, "x"),
            Figure.AtMost("  peak memory", memory[^1], 250, "MB"),
        ];
    }

    private static double Sum(List<double> values, int first) => values.Skip(first).Take(5).Sum();
}
