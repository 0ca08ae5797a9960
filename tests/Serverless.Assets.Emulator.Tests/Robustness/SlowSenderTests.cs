using System.Text;
using Microsoft.AspNetCore.Http;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Clients that stop in the middle of a request keep nothing for ever, and hinder no one.</summary>
public sealed class SlowSenderTests
{
    private const int Stalled = 500;

    /// <summary>More than the emulator receives into memory, so that it has begun to write a file.</summary>
    private const int OnDisk = 200_000;

    private static readonly string Credentials = Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{ApiClient.Account}:secret")
    );

    /// <summary>The shortest that the server accepts for bodies. Tests wait for its effect, not for the time.</summary>
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(1.1);

    [Fact]
    public async Task A_head_that_is_not_completed_is_refused()
    {
        await using var emulator = await StartAsync();
        using var sender = await StalledSender.StartAsync(
            emulator.Port,
            "GET /v1/Services HTTP/1.1\r\nHost: 127.0"u8.ToArray()
        );

        var received = await sender.Received.WithinAsync("the server to close the connection");

        Assert.StartsWith("HTTP/1.1 408 ", received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/v1/Services", "application/x-www-form-urlencoded")]
    [InlineData("PUT", "/__emulator/faults", "application/json")]
    [InlineData("POST", "/faults", "application/x-www-form-urlencoded")]
    public async Task A_body_that_is_not_completed_is_refused(string method, string path, string type)
    {
        await using var emulator = await StartAsync();
        using var sender = await StalledSender.StartAsync(
            emulator.Port,
            Encoding.ASCII.GetBytes(CreateHead(method, path, type, 100) + "a=")
        );

        var received = await sender.Received.WithinAsync("the server to close the connection");

        Assert.StartsWith("HTTP/1.1 408 ", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_is_not_completed_keeps_neither_a_file_nor_a_place_among_the_concurrent_requests()
    {
        await using var emulator = await StartAsync();
        await emulator.Api.CreateServiceAsync();
        var asset = await emulator.Api.CreateAssetAsync("shop");
        emulator.Faults = new EmulatorFaults { AllowedConcurrency = 1 };
        var upload = CreateUpload(asset, number: 0);
        using var sender = await StalledSender.StartAsync(emulator.Port, upload[..OnDisk]);
        await emulator.WaitForStatsAsync(stats => stats.GetProperty("requests").GetInt64() > 2, "the upload to arrive");
        Assert.Equal(429, (await emulator.Api.UploadAsync("shop", asset, "/b.txt", "public", [1])).Status);

        var received = await sender.Received.WithinAsync("the server to close the connection");

        Assert.StartsWith("HTTP/1.1 408 ", received, StringComparison.Ordinal);
        Assert.Equal(201, (await emulator.Api.UploadAsync("shop", asset, "/b.txt", "public", [1])).Status);
        Assert.Empty(GetIncoming(emulator));
    }

    [Fact]
    public async Task A_low_bandwidth_setting_is_not_a_slow_sender()
    {
        await using var emulator = await StartAsync();
        await emulator.Api.CreateServiceAsync();
        var asset = await emulator.Api.CreateAssetAsync("shop");
        emulator.Faults = new EmulatorFaults { BandwidthBytesPerSecond = 1 };
        var upload = emulator.Api.UploadAsync("shop", asset, "/a.txt", "public", new byte[OnDisk]);
        await emulator.Clock.WaitForTimersAsync(1);
        using var sender = await StalledSender.StartAsync(
            emulator.Port,
            Encoding.ASCII.GetBytes(CreateHead("POST", "/v1/Services", "application/x-www-form-urlencoded", 100))
        );
        await sender.Received.WithinAsync("the server to close the connection of a slow sender");

        emulator.Faults = new EmulatorFaults();
        emulator.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(201, (await upload.WithinAsync("the upload")).Status);
    }

    [Fact]
    public async Task Many_stalled_uploads_hinder_no_one_and_are_completed_or_cleaned_up_when_the_senders_go_on()
    {
        var (begun, ended, changed) = (0, 0, new Signal());
        await using var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                KeepsRequests = false,
                Middleware = ObserveAsync,
            }
        );
        await emulator.Api.CreateServiceAsync();
        var asset = await emulator.Api.CreateAssetAsync("shop");
        var senders = new List<StalledSender>();
        try
        {
            for (var number = 0; number < Stalled; number++)
            {
                senders.Add(await StalledSender.StartAsync(emulator.Port, CreateUpload(asset, number)[..OnDisk]));
            }

            await changed.WaitForAsync(() => begun == Stalled + 2, "the uploads to arrive");
            var version = await emulator.Api.AddAsync("shop", "/other.txt", "not hindered");
            Assert.Equal("not hindered", (await emulator.Api.GetAsync($"/__emulator/versions/{version}/content")).Text);
            Assert.Equal(Stalled, begun - ended);

            for (var number = 0; number < Stalled; number += 2)
            {
                await senders[number].SendAsync(CreateUpload(asset, number).AsMemory(OnDisk));
                senders[number + 1].Dispose();
            }

            await changed.WaitForAsync(() => begun == ended, "the end of the uploads");
            for (var number = 0; number < Stalled; number += 2)
            {
                var received = await senders[number].Received.WithinAsync("the response");
                Assert.StartsWith("HTTP/1.1 201 ", received, StringComparison.Ordinal);
            }
        }
        finally
        {
            senders.ForEach(sender => sender.Dispose());
        }

        Assert.Empty(GetIncoming(emulator));
        var versions = (await emulator.GetAsync("/__emulator/services")).GetProperty("services")[0];
        var sizes = versions.GetProperty("asset_versions").EnumerateArray();
        Assert.Equal(Stalled / 2, sizes.Count(version => version.GetProperty("size").GetInt64() > OnDisk));

        async Task ObserveAsync(HttpContext context, Func<Task> next)
        {
            Interlocked.Increment(ref begun);
            changed.Set();
            try
            {
                await next();
            }
            finally
            {
                Interlocked.Increment(ref ended);
                changed.Set();
            }
        }
    }

    private static Task<TestEmulator> StartAsync() =>
        TestEmulator.StartAsync(configure: options => options with { SendTimeout = ShortTimeout });

    private static string[] GetIncoming(TestEmulator emulator) =>
        Directory.GetFiles(Path.Combine(emulator.Options.DataDirectory, "content", "incoming"));

    private static byte[] CreateUpload(string asset, int number)
    {
        var body =
            "--b\r\nContent-Disposition: form-data; name=Path\r\n\r\n/a.txt\r\n"
            + "--b\r\nContent-Disposition: form-data; name=Visibility\r\n\r\npublic\r\n"
            + "--b\r\nContent-Disposition: form-data; name=Content; filename=a.txt\r\nContent-Type: text/plain\r\n\r\n"
            + $"{number}{new string('c', OnDisk)}\r\n--b--\r\n";
        var head = CreateHead(
            "POST",
            $"/v1/Services/shop/Assets/{asset}/Versions",
            "multipart/form-data; boundary=b",
            body.Length
        );
        return Encoding.ASCII.GetBytes(head + body);
    }

    private static string CreateHead(string method, string path, string type, int length) =>
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {Credentials}\r\n"
        + $"Connection: close\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n";
}
