namespace Serverless.Assets.Emulator.Tests.Faults;

/// <summary>How long a request that gets 429 takes, and what it occupies until then.</summary>
public sealed class ThrottledRequestTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(
        ThrottledBody.Standard,
        """{"code":20429,"message":"M","more_info":"https://www.twilio.com/docs/errors/20429","status":429}"""
    )]
    [InlineData(
        ThrottledBody.Detailed,
        """
            {"status":429,"message":"M","detail":"Retry with exponential backoff","code":20429,
             "moreInfo":"https://www.twilio.com/docs/errors/20429"}
            """
    )]
    public async Task Every_429_has_the_selected_body(ThrottledBody body, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                RequestsPerSecond = 1,
                ThrottledBody = body,
                OnlyOperation = "Service.List",
            },
            options => options with { Behavior = new EmulatorBehavior { BuildsPerHour = 1 } }
        );
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a");
        (await emulator.Api.BuildAsync(service, version)).Created();
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);

        Check("Too Many Requests", await emulator.Api.GetAsync("/v1/Services"));
        Check("An account can create at most 1 Builds in an hour", await emulator.Api.BuildAsync(service, version));
        emulator.Faults = new EmulatorFaults
        {
            RejectStatus = 429,
            RejectPathContains = "/a",
            ThrottledBody = body,
        };
        var asset = await emulator.Api.CreateAssetAsync(service, "/b");
        Check("Too Many Requests", await emulator.Api.UploadAsync(service, asset, "/a", "public", [1]));

        void Check(string message, ApiResult result)
        {
            Assert.Equal(429, result.Status);
            JsonAssert.Same(expected.Replace("\"M\"", $"\"{message}\"", StringComparison.Ordinal), result.Json);
        }
    }

    [Fact]
    public async Task A_429_can_be_immediate()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                LatencyMs = 1000,
                ThrottledLatencyMs = 0,
            }
        );
        var accepted = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);

        Assert.Equal(429, (await emulator.Api.GetAsync("/v1/Services")).Status);

        Assert.False(accepted.IsCompleted);
        emulator.Clock.Advance(Second);
        Assert.Equal(200, (await accepted).Status);
        Assert.Equal([Second], emulator.Clock.Timers);
    }

    [Fact]
    public async Task A_429_can_take_longer_than_other_responses()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                LatencyMs = 1000,
                ThrottledLatencyMs = 5000,
            }
        );
        var accepted = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);
        var rejected = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(2);

        emulator.Clock.Advance(Second);
        Assert.Equal(200, (await accepted).Status);
        Assert.False(rejected.IsCompleted);
        emulator.Clock.Advance(4 * Second);

        Assert.Equal(429, (await rejected).Status);
        Assert.Equal([Second, 5 * Second], emulator.Clock.Timers);
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 429)]
    public async Task A_rejected_request_can_occupy_a_slot_until_its_response_begins(bool occupies, int status)
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                LatencyMs = 1000,
                ThrottledLatencyMs = 3000,
                ThrottledOccupiesSlot = occupies,
            }
        );
        var first = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);
        var second = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(2);
        emulator.Clock.Advance(Second);
        Assert.Equal(200, (await first).Status);

        // No other request is in flight, but the second one still waits for its response.
        var third = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(3);
        emulator.Clock.Advance(3 * Second);

        Assert.Equal(status, (await third).Status);
        Assert.Equal(429, (await second).Status);
        var last = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(4);
        emulator.Clock.Advance(Second);
        Assert.Equal(200, (await last).Status);
        Assert.Equal(1, await emulator.GetMostInFlightAsync());
    }

    [Fact]
    public async Task A_rejected_request_that_is_abandoned_occupies_no_slot()
    {
        var faults = new EmulatorFaults
        {
            AllowedConcurrency = 1,
            LatencyMs = 1000,
            ThrottledLatencyMs = 3000,
            ThrottledOccupiesSlot = true,
        };
        await using var emulator = await TestEmulator.StartAsync(faults);
        var first = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestEmulator.Token);
        var second = emulator.Api.BeginAsync("/v1/Services", giveUp.Token);
        await emulator.Clock.WaitForTimersAsync(2);
        emulator.Clock.Advance(Second);
        Assert.Equal(200, (await first).Status);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        // The emulator notices the closed connection by itself: until then, requests are rejected immediately.
        emulator.Faults = faults with
        {
            LatencyMs = 0,
            ThrottledLatencyMs = 0,
        };
        await SendUntilAcceptedAsync(emulator).WithinAsync("the slot of the abandoned request");
    }

    [Fact]
    public async Task Settings_can_change_while_rejected_requests_wait()
    {
        var faults = new EmulatorFaults
        {
            AllowedConcurrency = 1,
            LatencyMs = 1000,
            ThrottledOccupiesSlot = true,
        };
        await using var emulator = await TestEmulator.StartAsync(faults);
        var requests = Enumerable.Range(0, 5).Select(_ => emulator.Api.GetAsync("/v1/Services")).ToArray();
        await emulator.Clock.WaitForTimersAsync(5);

        // One is in flight and four wait for their 429.
        emulator.Faults = new EmulatorFaults { AllowedConcurrency = 5, ThrottledOccupiesSlot = true };
        Assert.Equal(429, (await emulator.Api.GetAsync("/v1/Services")).Status);
        emulator.Faults = new EmulatorFaults { AllowedConcurrency = 6, ThrottledOccupiesSlot = true };
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        emulator.Faults = new EmulatorFaults { AllowedConcurrency = 2 };
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        emulator.Clock.Advance(Second);

        var responses = await Task.WhenAll(requests);
        Assert.Equal([200, 429, 429, 429, 429], responses.Select(response => response.Status).Order());
        emulator.Faults = faults with { LatencyMs = 0 };
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        Assert.Equal(5, (await emulator.CountFaultsAsync())["429"]);
    }

    [Fact]
    public async Task The_control_endpoints_are_not_limited()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                RequestsPerSecond = 1,
                ThrottledOccupiesSlot = true,
                LatencyMs = 1000,
            }
        );
        var requests = Enumerable.Range(0, 3).Select(_ => emulator.Api.GetAsync("/v1/Services")).ToArray();
        await emulator.Clock.WaitForTimersAsync(3);

        foreach (var address in new[] { "/", "/__emulator/faults", "/__emulator/stats", "/__emulator/services" })
        {
            var response = await emulator.Api.GetAsync(address);
            Assert.Equal(200, response.Status);
            Assert.DoesNotContain("Twilio-Concurrent-Requests", response.Headers.Keys);
        }

        Assert.Equal(404, (await emulator.Api.SiteAsync("shop.localhost", "/a")).Status);
        emulator.Clock.Advance(Second);
        Assert.Equal([200, 429, 429], (await Task.WhenAll(requests)).Select(response => response.Status).Order());
    }

    private static async Task SendUntilAcceptedAsync(TestEmulator emulator)
    {
        while ((await emulator.Api.GetAsync("/v1/Services")).Status == 429) { }
    }
}
