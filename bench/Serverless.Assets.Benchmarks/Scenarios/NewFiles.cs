using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>1,000 new files against a service that takes 100 ms for a request and allows so many at once.</summary>
internal sealed class NewFiles(string name, int allowed, double goal) : IScenario
{
    private const int Files = 1000;
    private const int RequestsPerFile = 2;
    private const double Latency = 0.1;

    public string Name => name;

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);

        // Code that has run once is compiled, in both processes: what is measured is the algorithm, not the runtime's start.
        await workspace.UploadAsync("warm-up").ConfigureAwait(false);
        await workspace.Emulator.SetFaultsAsync($$"""{"latencyMs": 100, "allowedConcurrency": {{allowed}}}""").ConfigureAwait(false);
        await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);

        var clock = Stopwatch.StartNew();
        await workspace.UploadAsync().ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;

        var stats = await workspace.Emulator.StatsAsync().ConfigureAwait(false);
        var requests = stats.GetProperty("requests").GetDouble();
        var throttled = stats.GetProperty("faults").TryGetProperty("429", out var count) ? count.GetDouble() : 0;
        var limit = Files * RequestsPerFile * Latency / allowed;
        return
        [
            Figure.AtMost($"{Files} new files, {allowed} at once, limit {limit:0.0} s", seconds, goal * limit, "s"),
            Figure.AtMost("  times the limit", seconds / limit, goal, "x"),
            Figure.AtMost("  answered 429", 100 * throttled / requests, 3, "%"),
        ];
    }
}
