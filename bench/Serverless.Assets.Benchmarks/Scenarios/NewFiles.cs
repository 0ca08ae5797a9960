using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// 1,000 new files on a service that takes 100 ms per request and limits concurrency; the median of several runs.
/// </summary>
internal sealed class NewFiles(string name, int allowed, double goal, int runsOfEach) : IScenario
{
    private const int Files = 1000;
    private const int RequestsPerFile = 2;
    private const double Latency = 0.1;

    public string Name => name;

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);

        // Code that has run is compiled, in both processes: what is measured is the algorithm, not the runtime's start.
        await workspace.UploadAsync("warm-up").ConfigureAwait(false);
        var runs = new List<(double Seconds, double Throttled)>();
        for (var run = 1; run <= runsOfEach; run++)
        {
            runs.Add(await MeasureAsync(workspace, $"run-{run}").ConfigureAwait(false));
        }

        var (seconds, throttled) = runs.Order().ElementAt(runsOfEach / 2);
        var limit = Files * RequestsPerFile * Latency / allowed;
        return
        [
            Figure.AtMost($"{Files} new files, {allowed} at once, limit {limit:0.0} s", seconds, goal * limit, "s"),
            Figure.AtMost("  times the limit", seconds / limit, goal, "x"),
            Figure.AtMost("  answered 429", throttled, 3, "%"),
        ];
    }

    private async Task<(double Seconds, double Throttled)> MeasureAsync(Workspace workspace, string service)
    {
        await workspace
            .Emulator.SetFaultsAsync($$"""{"latencyMs": 100, "allowedConcurrency": {{allowed}}}""")
            .ConfigureAwait(false);
        await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);

        var clock = Stopwatch.StartNew();
        await workspace.UploadAsync(service).ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;

        var stats = await workspace.Emulator.StatsAsync().ConfigureAwait(false);
        var throttled = stats.GetProperty("faults").TryGetProperty("429", out var count) ? count.GetDouble() : 0;
        return (seconds, 100 * throttled / stats.GetProperty("requests").GetDouble());
    }
}
