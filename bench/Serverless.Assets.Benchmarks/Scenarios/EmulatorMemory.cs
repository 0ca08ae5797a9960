using System.Globalization;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>The memory of an emulator with a data folder, after 10,000, 50,000 and 100,000 uploads.</summary>
internal sealed class EmulatorMemory : IScenario
{
    public string Name => "emulator-memory";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;
        try
        {
            using var emulator = await EmulatorProcess.StartAsync(folder).ConfigureAwait(false);
            using var client = await UploadClient.CreateAsync(emulator.Address).ConfigureAwait(false);
            var figures = new List<Figure>();
            var (done, first) = (0, 0.0);
            foreach (var count in (int[])[10_000, 50_000, 100_000])
            {
                await client.UploadAsync(count - done).ConfigureAwait(false);
                done = count;
                var memory = emulator.GetMemory();
                first = first == 0 ? memory : first;
                var what = string.Create(CultureInfo.InvariantCulture, $"memory after {count:n0} uploads");
                figures.Add(Figure.AtMost(what, memory, count == 10_000 ? 250 : first * 1.25, "MB"));
            }

            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
