using System.Globalization;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// Several processes upload 1,000 new files together, each to a Service of its own, with 40 requests of 100 ms at a time.
/// </summary>
internal sealed class Processes(int processes) : IScenario
{
    private const int Files = 1000;
    private const int Runs = 3;
    private const double Ideal = Files * 2 * 0.1 / 40;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"processes-{processes}");

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        var workers = Enumerable
            .Range(0, processes)
            .Select(number =>
            {
                var files = workspace.CreateChild($"worker-{number}");
                files.WriteFiles(Files / processes, 1024);
                return new Worker(files);
            })
            .ToList();
        try
        {
            await UploadAsync(workers, "warm-up").ConfigureAwait(false);
            var runs = new List<Throttled>();
            for (var run = 0; run < Runs; run++)
            {
                await workspace
                    .Emulator.SetFaultsAsync("""{"latencyMs": 100, "allowedConcurrency": 40}""")
                    .ConfigureAwait(false);
                var name = $"run-{run}";
                runs.Add(await workspace.MeasureAsync(() => UploadAsync(workers, name)).ConfigureAwait(false));
                await workspace.Emulator.SetFaultsAsync("{}").ConfigureAwait(false);
                foreach (var (number, worker) in workers.Index())
                {
                    var service = GetService(name, number);
                    worker.Files.DeleteState(service);
                    await workspace.Emulator.DeleteAsync($"/v1/Services/{service}").ConfigureAwait(false);
                }
            }

            return Throttled.Compare($"{processes} processes, 40 allowed", runs, Ideal, timeGoal: 1.3, shareGoal: 10);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static Task<bool[]> UploadAsync(List<Worker> workers, string name) =>
        Task.WhenAll(workers.Select((worker, number) => worker.UploadAsync(GetService(name, number))));

    private static string GetService(string name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
}
