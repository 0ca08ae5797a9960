using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

public sealed class ProgressReportTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RecordingLogger _logger = new();
    private readonly UploadProgress _progress = new(total: 1200);

    [Fact]
    public void A_run_shorter_than_five_seconds_reports_no_progress()
    {
        using (Report())
        {
            _progress.OnBytesSent(1024);
            _clock.Advance(TimeSpan.FromSeconds(4.9));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(Lines);
    }

    [Fact]
    public void A_long_run_reports_completed_files_bytes_and_speed_every_five_seconds()
    {
        using var report = Report();

        _progress.OnDone(AssetStatus.Unchanged);
        _progress.OnDone(AssetStatus.Uploaded);
        _progress.OnBytesSent(5 * 1024 * 1024);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["2 of 1200 assets done, 5.0 MB of 5.0 MB sent, 1.0 MB/s, 0 of 0 requests in flight"], Lines);

        _progress.OnBytesSent(1024 * 1024);
        _progress.OnFailed();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            "2 of 1200 assets done, 1 failed, 6.0 MB of 6.0 MB sent, 204.8 KB/s, 0 of 0 requests in flight",
            Lines[1]
        );

        // Standing still is told as well.
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(14, Lines.Count);
        Assert.All(
            Lines.Skip(2),
            line =>
                Assert.Equal(
                    "2 of 1200 assets done, 1 failed, 6.0 MB of 6.0 MB sent, 0 B/s, 0 of 0 requests in flight",
                    line
                )
        );
    }

    private IReadOnlyList<string> Lines => _logger.MessagesOf(LogLevel.Progress);

    private ProgressReport Report() => new(_progress, new EngineContext { Logger = _logger, Clock = _clock });
}
