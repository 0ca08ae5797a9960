using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// Small files that the emulator receives in a second, in memory and on disk, from a client in this process, which takes
/// part of the same processors.
/// </summary>
internal sealed class EmulatorUploads : IScenario
{
    private const int Uploads = 5_000;
    private const int WarmUp = 2_000;
    private const double Goal = 2_000;

    public string Name => "emulator-uploads";

    public async Task<IReadOnlyList<Figure>> RunAsync() =>
        [
            Figure.AtLeast("uploads, in memory", await MeasureAsync(folder: null).ConfigureAwait(false), Goal, "/s"),
            Figure.AtLeast("uploads, on disk", await MeasureOnDiskAsync().ConfigureAwait(false), Goal, "/s"),
        ];

    private static async Task<double> MeasureOnDiskAsync()
    {
        var folder = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;
        try
        {
            return await MeasureAsync(folder).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>The uploads in a second, in the fastest of three runs.</returns>
    private static async Task<double> MeasureAsync(string? folder)
    {
        using var emulator = await EmulatorProcess.StartAsync(folder).ConfigureAwait(false);
        using var client = await UploadClient.CreateAsync(emulator.Address).ConfigureAwait(false);
        await client.UploadAsync(WarmUp).ConfigureAwait(false);
        var best = 0.0;
        for (var run = 0; run < 3; run++)
        {
            var clock = Stopwatch.StartNew();
            await client.UploadAsync(Uploads).ConfigureAwait(false);
            best = Math.Max(best, Uploads / clock.Elapsed.TotalSeconds);
        }

        return best;
    }
}
