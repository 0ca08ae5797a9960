using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

/// <summary>The progress that is reported during an upload.</summary>
public sealed class ProgressTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly RecordingLogger _logger = new();
    private readonly FakeService _service = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_bytes_to_send_are_those_of_the_files_that_are_sent()
    {
        var first = await UploadAsync(("/a.txt", "four"), ("/b.txt", "1234567"));
        Assert.Equal(
            (2, 2, 0, 2, 11, 11),
            (first.Total, first.Uploaded, first.Unchanged, first.Prepared, first.BytesToSend, first.BytesSent)
        );

        var second = await UploadAsync(("/a.txt", "four"), ("/b.txt", "12345"));
        Assert.Equal(
            (2, 1, 1, 2, 5, 5),
            (second.Total, second.Uploaded, second.Unchanged, second.Prepared, second.BytesToSend, second.BytesSent)
        );
    }

    [Fact]
    public async Task A_file_that_failed_is_not_to_be_sent_any_more()
    {
        _service.Instead = (request, _) =>
            Task.FromResult(
                request.Line.EndsWith("/Versions", StringComparison.Ordinal)
                && request.Body.Contains("/b.txt", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.BadRequest)
                    : null
            );

        var progress = new UploadProgress(total: 2);
        await Assert.ThrowsAsync<AssetException>(() =>
            UploadAsync(progress, ("/a.txt", "four"), ("/b.txt", "1234567"))
        );

        Assert.Equal((1, 1, 2, 4), (progress.Done, progress.Failed, progress.Prepared, progress.BytesToSend));
    }

    [Fact]
    public async Task The_number_of_requests_in_flight_is_reported()
    {
        var progress = new UploadProgress(total: 1);
        Assert.Equal((0, 0), (progress.InFlight, progress.ConcurrencyLimit));
        var most = 0;
        _service.Afterwards = _ => most = Math.Max(most, progress.InFlight);

        await UploadAsync(progress, ("/a.txt", "four"));

        Assert.True(most >= 1);
        Assert.Equal(0, progress.InFlight);
        Assert.True(progress.ConcurrencyLimit >= AdaptiveConcurrency.Start);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_run_it_shows_nothing_of_a_later_run_on_the_same_connection(bool hasSucceeded)
    {
        using var connections = new ServiceConnectionCache();
        var first = new UploadProgress(total: 1);
        _service.Instead = (_, _) =>
            Task.FromResult(hasSucceeded ? null : new HttpResponseMessage(HttpStatusCode.BadRequest));
        var run = UploadAsync(first, connections, ("/a.txt", "four"));
        await run.ContinueWith(_ => { }, TestContext.Current.CancellationToken, default, TaskScheduler.Default);
        Assert.Equal(hasSucceeded, run.IsCompletedSuccessfully);
        var limit = first.ConcurrencyLimit;
        Assert.True(limit >= AdaptiveConcurrency.Start);
        var (inFlight, mostOfFirst, mostOfSecond) = (0, 0, 0);
        var second = new UploadProgress(total: 40);
        _service.Instead = async (request, _) =>
        {
            if (request.Line.EndsWith("/Versions", StringComparison.Ordinal))
            {
                mostOfFirst = Math.Max(mostOfFirst, first.InFlight);
                mostOfSecond = Math.Max(mostOfSecond, second.InFlight);
                Interlocked.Increment(ref inFlight);
                await Task.Yield();
            }

            return null;
        };

        await UploadAsync(second, connections, [.. Enumerable.Range(0, 40).Select(i => ($"/{i}.txt", $"{i}"))]);

        Assert.Equal((40, 0, limit), (inFlight, mostOfFirst, first.ConcurrencyLimit));
        Assert.True(mostOfSecond > 0);
    }

    /// <summary>A front may keep the progress for its report.</summary>
    [Fact]
    public void After_the_run_it_does_not_keep_the_connection()
    {
        var progress = new UploadProgress(total: 1);
        var gate = Observe();
        Assert.Equal(4, progress.ConcurrencyLimit);

        progress.OnEnded();

        GC.Collect();
        Assert.False(gate.TryGetTarget(out _));
        Assert.Equal((0, 4), (progress.InFlight, progress.ConcurrencyLimit));

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference<ConcurrencyGate> Observe()
        {
            var gate = new ConcurrencyGate(new AdaptiveConcurrency(4), TimeProvider.System);
            progress.Observe(gate);
            return new WeakReference<ConcurrencyGate>(gate);
        }
    }

    [Fact]
    public void Every_five_seconds_there_is_a_line()
    {
        var clock = new FakeTimeProvider();
        var progress = new UploadProgress(total: 3);
        progress.OnBytesToSend(3 * 1024);
        progress.Observe(new ConcurrencyGate(new AdaptiveConcurrency(4), clock));
        using (new ProgressReport(progress, new EngineContext { Logger = _logger, Clock = clock }))
        {
            clock.Advance(TimeSpan.FromSeconds(4.9));
            Assert.Empty(_logger.MessagesOf(LogLevel.Progress));
            progress.OnDone(AssetStatus.Uploaded);
            progress.OnBytesSent(1024);
            clock.Advance(TimeSpan.FromSeconds(0.1));
            progress.OnFailed();
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            [
                "1 of 3 assets done, 1.0 KB of 3.0 KB sent, 204 B/s, 0 of 4 requests in flight",
                "1 of 3 assets done, 1 failed, 1.0 KB of 3.0 KB sent, 0 B/s, 0 of 4 requests in flight",
            ],
            _logger.MessagesOf(LogLevel.Progress)
        );
    }

    private UploadPipeline Pipeline(ServiceConnectionCache? connections) =>
        new(
            new EngineContext
            {
                Logger = _logger,
                Clock = new SkippingClock(),
                GetEnvironmentVariable = TestSettings.Environment,
                HttpHandler = () => _service.Handler,
                Connections = connections,
            }
        );

    private async Task<UploadProgress> UploadAsync(params (string Path, string Content)[] files)
    {
        var progress = new UploadProgress(files.Length);
        await UploadAsync(progress, files);
        return progress;
    }

    private Task<OperationResult?> UploadAsync(UploadProgress progress, params (string Path, string Content)[] files) =>
        UploadAsync(progress, connections: null, files);

    private Task<OperationResult?> UploadAsync(
        UploadProgress progress,
        ServiceConnectionCache? connections,
        params (string Path, string Content)[] files
    ) =>
        Pipeline(connections)
            .UploadAsync(
                [.. files.Select(file => TestAsset.Write(_temp, file.Path, file.Content))],
                TestSettings.Create(_temp),
                progress,
                TestContext.Current.CancellationToken
            );
}
