using System.Diagnostics;
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

    /// <summary>Uploads the files of a folder whenever standard input says so; the argument is the Service.</summary>
    public static async Task WorkAsync(string folder, Uri emulator)
    {
        using var workspace = Workspace.Open(folder, emulator);
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } service)
        {
            await workspace.UploadAsync(service).ConfigureAwait(false);
            Console.WriteLine("done");
        }
    }

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        var workers = Enumerable
            .Range(0, processes)
            .Select(number => new Worker(workspace, number, Files / processes))
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
                foreach (var worker in workers)
                {
                    worker.Reset(name);
                    await workspace
                        .Emulator.DeleteAsync($"/v1/Services/{worker.GetService(name)}")
                        .ConfigureAwait(false);
                }
            }

            return Throttled.Compare($"{processes} processes, 40 allowed", runs, Ideal, timeGoal: 1.3, shareGoal: 10);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static Task UploadAsync(List<Worker> workers, string name) =>
        Task.WhenAll(workers.Select(worker => worker.UploadAsync(name)));

    /// <summary>A process that uploads the files of a folder of its own.</summary>
    private sealed class Worker : IDisposable
    {
        private readonly int _number;
        private readonly Workspace _files;
        private readonly Process _process;

        public Worker(Workspace workspace, int number, int files)
        {
            _number = number;
            _files = workspace.CreateChild($"worker-{number}");
            _files.WriteFiles(files, 1024);
            _process = Process.Start(
                new ProcessStartInfo(
                    Environment.ProcessPath!,
                    ["--worker", _files.Folder, workspace.Emulator.Address.OriginalString]
                )
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
        }

        public string GetService(string name) => $"{name}-{_number}";

        public async Task UploadAsync(string name)
        {
            await _process.StandardInput.WriteLineAsync(GetService(name)).ConfigureAwait(false);
            await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        }

        public void Reset(string name) => _files.DeleteState(GetService(name));

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
