using Serverless.Assets.Tests.TestSupport;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// Five agents upload the same 1,000 new files to one Service at once, with 40 requests of 100 ms at a time, and share
/// their state in a Redis server. Another agent comes late.
/// </summary>
internal sealed class RedisAgents : IScenario
{
    private const int Agents = 5;
    private const int Files = 1000;
    private const int Runs = 3;
    private const double Ideal = Files * 2 * 0.1 / 40;

    public string Name => "redis-5";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var redis = RedisServer.Start();
        using var workspace = await Workspace.CreateAsync(redis.Url).ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);
        var workers = Enumerable.Range(0, Agents + 1).Select(number => CreateWorker(workspace, number)).ToList();
        try
        {
            var runs = new List<Throttled>();
            var uploads = new List<double>();
            var assets = new List<double>();
            var late = new List<double>();
            for (var run = -1; run < Runs; run++) // the first one warms up
            {
                var service = $"run-{run + 1}";
                await workspace
                    .Emulator.SetFaultsAsync("""{"latencyMs": 100, "allowedConcurrency": 40}""")
                    .ConfigureAwait(false);
                var agents = workers.Take(Agents).Select(worker => (Func<Task>)(() => worker.UploadAsync(service)));
                var measured = await workspace
                    .MeasureAsync(() => Task.WhenAll(agents.Select(upload => upload())))
                    .ConfigureAwait(false);
                if (run >= 0)
                {
                    runs.Add(measured);
                    uploads.Add(await CountAsync(workspace, "AssetVersion.Create").ConfigureAwait(false) / Files);
                    assets.Add(await CountAssetsAsync(workspace, service).ConfigureAwait(false) / Files);
                    await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);
                    await workers[^1].UploadAsync(service).ConfigureAwait(false);
                    late.Add(await CountAsync(workspace, "AssetVersion.Create").ConfigureAwait(false));
                }

                workers.ForEach(worker => worker.Files.DeleteState(service));
                await workspace.ResetAsync(service).ConfigureAwait(false);
            }

            return
            [
                .. Throttled.Compare($"{Agents} agents, 40 allowed", runs, Ideal, timeGoal: 1.3, shareGoal: 10),
                Figure.AtMost("  uploads per file, in the worst run", uploads.Max(), 1.5, "x"),
                Figure.AtMost("  Assets per file, in the worst run", assets.Max(), 1, "x"),
                Figure.AtMost("  uploads of a late agent, in the worst run", late.Max(), 0, ""),
            ];
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    /// <summary>Starts an agent with the same files.</summary>
    public static Worker CreateWorker(Workspace workspace, int number)
    {
        var files = workspace.CreateChild($"agent-{number}");
        files.CopyFilesFrom(workspace);
        return new Worker(files);
    }

    /// <summary>Counts the Assets rather than the requests, some of which get 429.</summary>
    private static async Task<double> CountAssetsAsync(Workspace workspace, string service)
    {
        double count = 0;
        for (var page = 0; ; page++)
        {
            var response = await workspace
                .Emulator.GetAsync($"/v1/Services/{service}/Assets?PageSize=1000&Page={page}")
                .ConfigureAwait(false);
            var assets = response.GetProperty("assets").GetArrayLength();
            if (assets == 0)
            {
                return count;
            }

            count += assets;
        }
    }

    private static async Task<double> CountAsync(Workspace workspace, string operation)
    {
        var stats = await workspace.Emulator.StatsAsync().ConfigureAwait(false);
        return stats.GetProperty("byOperation").TryGetProperty(operation, out var count) ? count.GetDouble() : 0;
    }
}
