using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class LatencyTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Each_request_takes_its_latency()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { LatencyMs = 3_600_000 });

        var request = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);

        Assert.Equal([Hour], emulator.Clock.Timers);
        emulator.Clock.Advance(Hour - Moment);
        await emulator.GetStatsAsync(); // a response to the request would arrive before this one
        Assert.False(request.IsCompleted);
        emulator.Clock.Advance(Moment);
        Assert.Equal(200, (await request).Status);
    }

    [Fact]
    public async Task A_refused_request_takes_it_too()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { LatencyMs = 3_600_000, AllowedConcurrency = 1 }
        );

        var first = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);
        var second = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(2);

        Assert.Equal([Hour, Hour], emulator.Clock.Timers);
        emulator.Clock.Advance(Hour - Moment);
        await emulator.GetStatsAsync(); // a response to one of them would arrive before this one
        Assert.False(first.IsCompleted || second.IsCompleted);
        emulator.Clock.Advance(Moment);
        Assert.Equal(429, (await second).Status);
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Uploads_share_the_bandwidth()
    {
        var clock = new SkippingClock();
        await using var emulator = await TestEmulator.StartAsync(clock);
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        emulator.Faults = new EmulatorFaults { BandwidthBytesPerSecond = 1000 };
        var start = clock.GetUtcNow();

        var uploads = await Task.WhenAll(
            emulator.Api.UploadAsync(service, asset, "/a", "public", new byte[50_000]),
            emulator.Api.UploadAsync(service, asset, "/b", "public", new byte[50_000])
        );

        // The forms have some more bytes, and waits that overlap move this clock one after the other. If each upload had
        // the whole bandwidth, 50 seconds would pass.
        var time = clock.GetUtcNow() - start;
        Assert.InRange(time, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(150));
        Assert.All(uploads, upload => upload.Created());
    }

    [Fact]
    public async Task A_new_bandwidth_does_not_wait_for_what_the_old_one_could_not_transfer()
    {
        var clock = new ManualClock();
        var faults = new FaultControl(new EmulatorFaults { BandwidthBytesPerSecond = 1 });
        var bandwidth = new Bandwidth(clock, faults);
        using var canceled = new CancellationTokenSource();
        var slow = bandwidth.WaitAsync(int.MaxValue, canceled.Token); // 68 years, longer than any timer
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);

        faults.Settings = new EmulatorFaults { BandwidthBytesPerSecond = 1000 };
        var fast = bandwidth.WaitAsync(1000, TestEmulator.Token);
        Assert.False(fast.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await fast.WithinAsync("the transfer");
    }
}
