using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Client;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Cli.Tests.Output;

public sealed class ProgressMeterTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly UploadProgress _progress = new(total: 100);
    private readonly ProgressMeter _meter;

    public ProgressMeterTests() => _meter = new ProgressMeter(_progress, _clock);

    [Fact]
    public void At_first_nobody_can_tell_how_long_it_takes()
    {
        _progress.OnBytesToSend(1_000_000);
        Assert.Equal(new ProgressReading(0, 100, 0, 0, 1_000_000, 0, 0, null, 0, 0), _meter.Read());

        _progress.OnBytesSent(1000);
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Null(_meter.Read().Remaining);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.NotNull(_meter.Read().Remaining);
    }

    [Fact]
    public void The_remaining_time_follows_from_what_was_done()
    {
        _progress.OnBytesToSend(1_000_000);
        _meter.Read();
        _clock.Advance(TimeSpan.FromSeconds(4));
        Finish(25, 10_000);

        var reading = _meter.Read();

        Assert.Equal(
            (25, 250_000, 62_500, 0.25, TimeSpan.FromSeconds(12)),
            (reading.Done, (int)reading.BytesSent, (int)reading.BytesPerSecond, reading.Fraction, reading.Remaining)
        );
    }

    [Fact]
    public void The_rate_is_that_of_the_last_ten_seconds()
    {
        _progress.OnBytesToSend(1_000_000);
        for (var second = 0; second < 12; second++)
        {
            _meter.Read();
            _progress.OnBytesSent(second < 6 ? 1000 : 2000);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(((4 * 1000) + (6 * 2000)) / 10, _meter.Read().BytesPerSecond);
    }

    [Fact]
    public void Assets_created_before_any_upload_count_as_progress()
    {
        _progress.OnBytesToSend(100 * 16 * 1024);
        _meter.Read();
        _clock.Advance(TimeSpan.FromSeconds(3));
        for (var file = 0; file < 100; file++)
        {
            _progress.OnPrepared();
        }

        var reading = _meter.Read();

        Assert.Equal(
            (0, 0, 0.25, TimeSpan.FromSeconds(9)),
            (reading.Done, reading.BytesSent, reading.Fraction, reading.Remaining)
        );
    }

    [Fact]
    public void Stalled_progress_has_no_remaining_time()
    {
        _progress.OnBytesToSend(1_000_000);
        Finish(1, 10_000);
        _meter.Read();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((0, null), (_meter.Read().BytesPerSecond, _meter.Read().Remaining));
    }

    [Fact]
    public void Bytes_that_are_sent_twice_do_not_pass_the_total()
    {
        _progress.OnBytesToSend(1000);
        _progress.OnBytesSent(1500);

        Assert.Equal((1000, 1000), (_meter.Read().BytesSent, _meter.Read().BytesToSend));
    }

    [Fact]
    public void All_done_is_the_whole_even_when_files_failed_and_nothing_was_sent()
    {
        for (var file = 0; file < 100; file++)
        {
            if (file < 3)
            {
                _progress.OnFailed();
            }
            else
            {
                _progress.OnDone(AssetStatus.Unchanged);
            }
        }

        Assert.Equal((97, 3, 1.0), (_meter.Read().Done, _meter.Read().Failed, _meter.Read().Fraction));
    }

    [Fact]
    public async Task Requests_in_flight_are_those_of_the_gate()
    {
        var gate = new ConcurrencyGate(new AdaptiveConcurrency(3), TimeProvider.System);
        _progress.Observe(gate);
        await gate.EnterAsync(
            RequestKind.Create("Asset.Create", 0),
            RequestPriority.Normal,
            isRepeated: false,
            Workbench.Token
        );
        await gate.EnterAsync(
            RequestKind.Create("Asset.Create", 0),
            RequestPriority.Normal,
            isRepeated: false,
            Workbench.Token
        );

        Assert.Equal((2, 3), (_meter.Read().InFlight, _meter.Read().ConcurrencyLimit));
    }

    private void Finish(int files, int bytes)
    {
        for (var file = 0; file < files; file++)
        {
            _progress.OnBytesSent(bytes);
            _progress.OnDone(AssetStatus.Uploaded);
        }
    }
}
