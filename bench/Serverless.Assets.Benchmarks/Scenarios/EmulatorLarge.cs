using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// Files of 20 MB that an emulator with a data folder receives all at once: the largest memory of its process, and whether
/// every byte is correct.
/// </summary>
internal sealed class EmulatorLarge : IScenario
{
    private const int Uploads = 50;
    private const int Size = 20 * 1024 * 1024;
    private const double MemoryGoal = 150;

    public string Name => "emulator-large";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;
        try
        {
            using var emulator = await EmulatorProcess.StartAsync(folder).ConfigureAwait(false);
            using var client = await UploadClient.CreateAsync(emulator.Address).ConfigureAwait(false);
            var clock = Stopwatch.StartNew();
            var uploaded = await Task.WhenAll(
                    Enumerable.Range(0, Uploads).Select(number => client.UploadAsync(number, Size))
                )
                .ConfigureAwait(false);
            var seconds = clock.Elapsed.TotalSeconds;
            var peak = emulator.GetPeakMemory();
            var incorrect = 0;
            foreach (var (version, sha256) in uploaded)
            {
                var content = await emulator.ContentAsync(version).ConfigureAwait(false);
                incorrect += Convert.ToHexStringLower(SHA256.HashData(content)) == sha256 ? 0 : 1;
            }

            var what = string.Create(
                CultureInfo.InvariantCulture,
                $"{Uploads} parallel uploads of {Size / (1024 * 1024)} MB"
            );
            return
            [
                Figure.AtMost($"{what}, peak memory", peak, MemoryGoal, "MB"),
                Figure.AtLeast($"{what}, throughput", Uploads * (Size / 1e6) / seconds, 20, "MB/s"),
                Figure.Exactly($"{what}, incorrect files", incorrect, 0, ""),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
