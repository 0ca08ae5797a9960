namespace Serverless.Assets.Emulator.Tests.Faults;

public class LatencyTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Each_request_takes_its_latency()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { LatencyMs = 3_600_000 });

        var request = emulator.Api.GetAsync("/v1/Services");
        await emulator.StatsUntilAsync(stats => stats.GetProperty("requests").GetInt32() == 1);

        // Without latency, the response would arrive long before those of sixty more requests.
        Assert.True(await emulator.AdvanceUntilDoneAsync(request, Minute) >= 60 * Minute);
        Assert.Equal(200, (await request).Status);
    }

    [Fact]
    public async Task A_refused_request_takes_it_too()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { LatencyMs = 3_600_000, AllowedConcurrency = 1 }
        );

        var first = emulator.Api.GetAsync("/v1/Services");
        await emulator.StatsUntilAsync(stats => stats.GetProperty("requests").GetInt32() == 1);
        var second = emulator.Api.GetAsync("/v1/Services");
        await emulator.StatsUntilAsync(stats => stats.GetProperty("requests").GetInt32() == 2);

        Assert.True(await emulator.AdvanceUntilDoneAsync(second, Minute) >= 60 * Minute);
        Assert.Equal(429, (await second).Status);
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task Uploads_share_the_bandwidth()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        emulator.Server.Faults = new EmulatorFaults { BandwidthBytesPerSecond = 1000 };

        var uploads = Task.WhenAll(
            emulator.Api.UploadAsync(service, asset, "/a", "public", new byte[50_000]),
            emulator.Api.UploadAsync(service, asset, "/b", "public", new byte[50_000])
        );
        var time = await emulator.AdvanceUntilDoneAsync(uploads, TimeSpan.FromSeconds(1));

        Assert.True(time >= TimeSpan.FromSeconds(100), $"{time}");
        Assert.All(await uploads, upload => upload.Created());
    }
}
