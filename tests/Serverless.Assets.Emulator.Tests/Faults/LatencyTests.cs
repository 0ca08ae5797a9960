using System.Net;
using System.Net.Sockets;
using System.Text;
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

    /// <summary>A client that measures durations expects what it has set, not that and the emulator's own time.</summary>
    [Fact]
    public async Task The_work_of_a_request_is_part_of_its_latency()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { LatencyMs = 3_600_000 });

        var creation = emulator.Api.CreateServiceAsync();
        await emulator.Clock.WaitForTimersAsync(1);
        emulator.Faults = new EmulatorFaults();

        var services = await emulator.Api.GetAsync("/v1/Services");
        Assert.Equal(1, services.Json.GetProperty("services").GetArrayLength());
        Assert.False(creation.IsCompleted);
        emulator.Clock.Advance(Hour);
        await creation;
    }

    [Fact]
    public async Task A_request_that_its_client_abandons_meanwhile_is_processed_and_listed_without_a_status()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { LatencyMs = 3_600_000 });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, emulator.Port, TestEmulator.Token);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    "POST /v1/Services HTTP/1.1\r\nHost: localhost\r\n"
                        + $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ApiClient.Account}:x"))}\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 30\r\n\r\n"
                        + "UniqueName=site&FriendlyName=s"
                ),
                TestEmulator.Token
            );
        await emulator.Clock.WaitForTimersAsync(1);
        emulator.Faults = new EmulatorFaults();

        client.Close();
        await emulator.WaitForStatsAsync(
            _ => emulator.Server.Requests.Any(request => request.Method == "POST"),
            "the entry"
        );

        Assert.Equal((int?)null, Assert.Single(emulator.Server.Requests, request => request.Method == "POST").Status);
        var services = await emulator.Api.GetAsync("/v1/Services");
        Assert.Equal(1, services.Json.GetProperty("services").GetArrayLength());
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
    public async Task Bytes_are_counted_when_they_have_been_transferred()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        emulator.Faults = new EmulatorFaults { BandwidthBytesPerSecond = 1 };
        await emulator.ResetStatsAsync();

        var upload = emulator.Api.UploadAsync(service, asset, "/a", "public", new byte[50_000]);
        await emulator.Clock.WaitForTimersAsync(1); // the first bytes have been read and take an hour or more

        Assert.Equal(0, (await emulator.GetStatsAsync()).GetProperty("bytesReceived").GetInt64());
        emulator.Faults = new EmulatorFaults();
        emulator.Clock.Advance(5 * Hour);
        (await upload).Created();
        Assert.InRange((await emulator.GetStatsAsync()).GetProperty("bytesReceived").GetInt64(), 50_000, 51_000);
    }

    [Fact]
    public async Task A_client_cannot_send_far_more_than_has_been_transferred()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        emulator.Faults = new EmulatorFaults { BandwidthBytesPerSecond = 1 };
        using var form = ApiClient.Multipart("/a", "public", new byte[900_000]);
        var body = await form.ReadAsByteArrayAsync(TestEmulator.Token);
        using var client = new TcpClient { SendBufferSize = 16 * 1024, NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, emulator.Port, TestEmulator.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/Services/{service}/Assets/{asset}/Versions HTTP/1.1\r\nHost: localhost\r\n"
                    + $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ApiClient.Account}:x"))}\r\n"
                    + $"Content-Type: {form.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n"
            ),
            TestEmulator.Token
        );

        var sending = stream.WriteAsync(body, TestEmulator.Token).AsTask();
        await emulator.Clock.WaitForTimersAsync(1);
        for (var i = 0; i < 100; i++)
        {
            await emulator.GetStatsAsync(); // long enough for the buffers to take what they can
        }

        Assert.False(sending.IsCompleted);
        emulator.Faults = new EmulatorFaults();
        emulator.Clock.Advance(5 * Hour);
        await sending.WithinAsync("the upload");
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 201 Created", await reader.ReadLineAsync(TestEmulator.Token));
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(50, 950)] // the timer was late, while bytes still arrived
    [InlineData(51, 1000)] // there were no bytes
    public async Task A_late_timer_does_not_reduce_the_bandwidth(int late, int remaining)
    {
        var clock = new ManualClock();
        var bandwidth = new Bandwidth(clock, new FaultControl(new EmulatorFaults { BandwidthBytesPerSecond = 1000 }));
        var first = bandwidth.WaitAsync(1000, TestEmulator.Token);
        clock.Advance(TimeSpan.FromMilliseconds(1000 + late));
        await first.WithinAsync("the first transfer");

        var second = bandwidth.WaitAsync(1000, TestEmulator.Token);

        clock.Advance(TimeSpan.FromMilliseconds(remaining - 1));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await second.WithinAsync("the second transfer");
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
