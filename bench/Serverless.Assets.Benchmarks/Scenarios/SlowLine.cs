using System.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>160 files of 500 KB on a line of 4 MB/s: complete, and canceled after ten seconds.</summary>
internal sealed class SlowLine : IScenario
{
    private const int Files = 160;
    private const int FileBytes = 500_000;
    private const double BytesPerSecond = 4_000_000;

    private static readonly TimeSpan CanceledAfter = TimeSpan.FromSeconds(10);

    public string Name => "line";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(1, 1024);
        await workspace.UploadAsync("warm-up").ConfigureAwait(false);
        workspace.WriteFiles(Files, FileBytes);
        await SetLineAsync(workspace).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        await workspace.UploadAsync("complete").ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        await workspace.ResetAsync("complete").ConfigureAwait(false);

        await SetLineAsync(workspace).ConfigureAwait(false);
        await workspace.Emulator.ResetStatsAsync().ConfigureAwait(false);
        using var cancellation = new CancellationTokenSource();
        var progress = new UploadProgress(Files);
        var upload = workspace.UploadAsync("canceled", progress, cancellation.Token);
        await Task.WhenAny(upload, Task.Delay(CanceledAfter)).ConfigureAwait(false);
        var inFlight = progress.InFlight;
        await cancellation.CancelAsync().ConfigureAwait(false);
        try
        {
            await upload.ConfigureAwait(false);
        }
        catch (RunCanceledException)
        {
            // What has been recorded by then is measured.
        }

        var stats = await workspace.Emulator.StatsAsync().ConfigureAwait(false);
        var received = stats.GetProperty("bytesReceived").GetDouble();
        return
        [
            Figure.AtMost(
                $"{Files} files of 500 KB, 4 MB/s: time relative to the line",
                seconds * BytesPerSecond / ((double)Files * FileBytes),
                1.1,
                "x"
            ),
            Figure.AtMost("  requests in flight after 10 s", inFlight, 32, ""),
            Figure.AtLeast(
                "  bytes received by then that belong to recorded files",
                100.0 * progress.Uploaded * FileBytes / received,
                80,
                "%"
            ),
        ];
    }

    private static Task SetLineAsync(Workspace workspace) =>
        workspace.Emulator.SetFaultsAsync($$"""{"latencyMs": 100, "bandwidthBytesPerSecond": {{BytesPerSecond}}}""");
}
