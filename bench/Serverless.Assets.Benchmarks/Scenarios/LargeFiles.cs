using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>40 files of 20 MB: the peak memory of the process, minus that for one small file.</summary>
internal sealed class LargeFiles : IScenario
{
    private const double Megabyte = 1024 * 1024;

    public string Name => "large";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(1, 1024);
        await workspace.UploadAsync("warm-up").ConfigureAwait(false);
        for (var i = 0; i < 40; i++)
        {
            workspace.WriteFile(i, 20 * (int)Megabyte);
        }

        var before = Peak();
        var clock = Stopwatch.StartNew();
        await workspace.UploadAsync().ConfigureAwait(false);
        return
        [
            Figure.AtMost("40 files of 20 MB, added to the peak", Peak() - before, 64, "MB"),
            Figure.AtMost("  in", clock.Elapsed.TotalSeconds, 60, "s"),
        ];
    }

    private static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / Megabyte;
    }
}
