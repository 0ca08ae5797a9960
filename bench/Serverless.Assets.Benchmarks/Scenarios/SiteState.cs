using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// A new machine without an upload state, and a site of 999 files whose state file says what is there. One file has changed.
/// </summary>
internal sealed class SiteState : IScenario
{
    /// <summary>With the state file, a Build has as many as it can.</summary>
    private const int Files = 999;

    public string Name => "site-state";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync(stateStore: "site").ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);
        await workspace.UploadAsync().ConfigureAwait(false);
        await workspace.DeployAsync().ConfigureAwait(false);
        workspace.DeleteState("bench");
        workspace.WriteFile(500, 2048);
        await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);
        var clock = Stopwatch.StartNew();

        var upload = await workspace.UploadAsync().ConfigureAwait(false);

        var seconds = clock.Elapsed.TotalSeconds;
        var stats = await workspace.Emulator.StatsAsync().ConfigureAwait(false);
        return
        [
            Figure.Exactly($"{Files} files on a new machine, one changed", upload!.UploadedCount, 1, "uploads"),
            Figure.AtMost("  with", stats.GetProperty("requests").GetDouble(), 8, "requests"),
            Figure.AtMost("  in", seconds, 2, "s"),
        ];
    }
}
