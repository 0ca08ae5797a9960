namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task More_than_the_allowed_requests_are_refused_and_not_processed()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Server.Faults = new EmulatorFaults { AllowedConcurrency = 3, LatencyMs = 60_000 };
        await emulator.Api.SendAsync(HttpMethod.Post, "/__emulator/stats/reset");

        var requests = Enumerable
            .Range(0, 5)
            .Select(i => emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", $"/{i}")))
            .ToArray();
        await emulator.Clock.WaitForTimersAsync(5); // all of them wait for their latency
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));

        var answers = await Task.WhenAll(requests);
        Assert.Equal([201, 201, 201, 429, 429], answers.Select(answer => answer.Status).Order());
        var refused = answers.First(answer => answer.Status == 429);
        refused.Refused(429, 20429, "Too Many Requests");
        Assert.DoesNotContain("Retry-After", refused.Headers.Keys);
        emulator.Server.Faults = new EmulatorFaults();
        Assert.Equal(
            3,
            (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Ok().GetProperty("assets").GetArrayLength()
        );
        var stats = await emulator.GetStatsAsync();
        Assert.Equal(3, stats.GetProperty("mostInFlight").GetInt32());
        Assert.Equal(2, stats.GetProperty("faults").GetProperty("429").GetInt32());
    }

    [Fact]
    public async Task A_refused_request_takes_no_place()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { AllowedConcurrency = 1, RetryAfterSeconds = 7 }
        );
        using var body = new HeldBody("UniqueName=shop&FriendlyName=Shop");
        var first = emulator.Api.SendAsync(HttpMethod.Post, "/v1/Services", body);
        await emulator.WaitForRequestsAsync(1);

        for (var i = 0; i < 3; i++)
        {
            var refused = await emulator.Api.GetAsync("/v1/Services");
            Assert.Equal(429, refused.Status);
            Assert.Equal("7", refused.Headers["Retry-After"]);
        }

        body.Release();
        (await first).Created();
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
    }

    [Fact]
    public async Task A_concurrency_slot_is_released_when_the_response_starts()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var function = await emulator.Api.CreateAssetAsync("shop", "/f", "Functions");
        var version = (
            await emulator.Api.UploadAsync(
                "shop",
                function,
                "/f",
                "public",
                new byte[20_000_000],
                collection: "Functions"
            )
        ).Created();
        emulator.Server.Faults = new EmulatorFaults { AllowedConcurrency = 1 };

        // The test does not read this response, which is too large for the buffers on its way.
        using var unread = await emulator.Api.BeginAsync(
            version.GetProperty("links").Text("function_version_content")!
        );

        Assert.Equal(200, (int)unread.StatusCode);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
    }

    [Fact]
    public async Task A_rejected_large_upload_receives_its_response()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { AllowedConcurrency = 1, HangNthRequest = 1 }
        );
        var hanging = emulator.Api.GetAsync("/v1/Services");
        await emulator.WaitForRequestsAsync(1);

        (await emulator.Api.UploadAsync("shop", "ZH0", "/a", "public", new byte[20_000_000])).Refused(
            429,
            20429,
            "Too Many Requests"
        );

        await emulator.Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task A_response_header_reports_the_number_of_concurrent_requests_when_enabled()
    {
        await using var emulator = await TestEmulator.StartAsync();
        const string Header = "Twilio-Concurrent-Requests";

        Assert.DoesNotContain(Header, (await emulator.Api.GetAsync("/v1/Services")).Headers.Keys);
        emulator.Server.Faults = new EmulatorFaults { ConcurrencyHeader = true };
        Assert.Equal("1", (await emulator.Api.GetAsync("/v1/Services")).Headers[Header]);
        Assert.Equal("1", (await emulator.Api.GetAsync("/v1/Services/none")).Headers[Header]);
    }
}
