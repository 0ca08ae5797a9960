using Serverless.Assets.Tests.TestSupport;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>Five agents share their state in a Redis server that ends when they have sent half of their requests.</summary>
internal sealed class RedisKill : IScenario
{
    private const int Agents = 5;
    private const int Files = 400;
    private const string Service = "bench";

    public string Name => "redis-kill";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var redis = RedisServer.Start();
        using var workspace = await Workspace.CreateAsync(redis.Url).ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);
        var workers = Enumerable
            .Range(0, Agents)
            .Select(number => RedisAgents.CreateWorker(workspace, number))
            .ToList();
        try
        {
            await workspace
                .Emulator.SetFaultsAsync("""{"latencyMs": 100, "allowedConcurrency": 40}""")
                .ConfigureAwait(false);
            var uploads = workers.Select(worker => worker.UploadAsync(Service)).ToList();
            while (await CountRequestsAsync(workspace).ConfigureAwait(false) < Files)
            {
                await Task.Delay(20).ConfigureAwait(false);
            }

            redis.Stop();
            var succeeded = await Task.WhenAll(uploads).ConfigureAwait(false);
            var wrong = 0;
            foreach (var worker in workers.Where((_, number) => succeeded[number]))
            {
                wrong += await worker.Files.CountWrongVersionsAsync(Service, workspace.Emulator).ConfigureAwait(false);
            }

            return
            [
                Figure.Exactly(
                    $"{Agents} agents, server killed midway",
                    succeeded.Count(done => done),
                    Agents,
                    "succeed"
                ),
                Figure.AtMost("  versions in their manifests with other contents", wrong, 0, ""),
            ];
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static async Task<double> CountRequestsAsync(Workspace workspace)
    {
        var stats = await workspace.Emulator.StatsAsync().ConfigureAwait(false);
        return stats.GetProperty("requests").GetDouble();
    }
}
