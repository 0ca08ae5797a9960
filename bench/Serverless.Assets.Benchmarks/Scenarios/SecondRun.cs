using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>1,000 files that were already uploaded: with no changes, then with one changed file.</summary>
internal sealed class SecondRun : IScenario
{
    public string Name => "again";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(1000, 1024);
        await workspace.UploadAsync().ConfigureAwait(false);

        await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        await workspace.UploadAsync().ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        var unchanged = (await workspace.Emulator.StatsAsync().ConfigureAwait(false))
            .GetProperty("requests")
            .GetDouble();

        workspace.WriteFile(500, 2048);
        await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);
        await workspace.UploadAsync().ConfigureAwait(false);
        var changed = (await workspace.Emulator.StatsAsync().ConfigureAwait(false)).GetProperty("requests").GetDouble();

        return
        [
            Figure.AtMost("1000 files, nothing changed", unchanged, 3, "requests"),
            Figure.AtMost("  in", seconds, 2, "s"),
            Figure.AtMost("1000 files, one changed", changed, 8, "requests"),
        ];
    }
}
