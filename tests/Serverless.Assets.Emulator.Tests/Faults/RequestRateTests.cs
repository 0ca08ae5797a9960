namespace Serverless.Assets.Emulator.Tests.Faults;

/// <summary>The limit on requests per second.</summary>
public sealed class RequestRateTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task More_requests_within_a_second_are_refused_and_not_processed()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Faults = new EmulatorFaults { RequestsPerSecond = 5, RetryAfterSeconds = 1 };

        var responses = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", $"/{i}")))
        );

        Assert.Equal(5, responses.Count(response => response.Status == 201));
        var refused = responses.Where(response => response.Status == 429).ToList();
        Assert.Equal(15, refused.Count);
        refused[0].Refused(429, 20429, "Too Many Requests");
        Assert.Equal("1", refused[0].Headers["Retry-After"]);
        Assert.Equal(15, (await emulator.CountFaultsAsync())["429"]);
        emulator.Faults = new EmulatorFaults();
        Assert.Equal(5, (await emulator.GetAsync("/v1/Services/shop/Assets")).GetProperty("assets").GetArrayLength());
    }

    [Fact]
    public async Task The_second_slides_and_refused_requests_do_not_count()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { RequestsPerSecond = 3 });

        await SendAsync(emulator, 200, 200);
        emulator.Clock.Advance(Second / 2);
        await SendAsync(emulator, 200, 429, 429);
        emulator.Clock.Advance((Second / 2) - Moment);
        await SendAsync(emulator, 429, 429);
        emulator.Clock.Advance(Moment); // a second after the first two
        await SendAsync(emulator, 200, 200, 429);
        emulator.Clock.Advance(Second / 2);
        await SendAsync(emulator, 200, 429);
        emulator.Clock.Advance(10 * Second);
        await SendAsync(emulator, 200, 200, 200, 429);
    }

    [Fact]
    public async Task It_is_independent_of_the_allowed_concurrency()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                RequestsPerSecond = 2,
                LatencyMs = 100,
                ThrottledLatencyMs = 0,
            }
        );
        var first = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(1);

        await SendAsync(emulator, 429, 429, 429); // concurrency
        emulator.Clock.Advance(Second / 10);
        Assert.Equal(200, (await first).Status);
        var second = emulator.Api.GetAsync("/v1/Services");
        await emulator.Clock.WaitForTimersAsync(2);
        emulator.Clock.Advance(Second / 10);
        Assert.Equal(200, (await second).Status);
        await SendAsync(emulator, 429); // rate
        emulator.Faults = new EmulatorFaults { AllowedConcurrency = 1 };
        await SendAsync(emulator, 200, 200, 200);
    }

    [Fact]
    public async Task Requests_with_other_faults_count()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { RequestsPerSecond = 2, Rate500 = 1 }
        );

        await SendAsync(emulator, 500, 500, 429);
    }

    [Fact]
    public async Task New_settings_and_a_reset_start_a_new_count()
    {
        var faults = new EmulatorFaults { RequestsPerSecond = 2 };
        await using var emulator = await TestEmulator.StartAsync(faults);

        await SendAsync(emulator, 200, 200, 429);
        emulator.Faults = faults;
        await SendAsync(emulator, 200, 200, 429);
        await emulator.Server.ResetAsync(TestEmulator.Token);
        await SendAsync(emulator, 200, 200, 429);
    }

    private static async Task SendAsync(TestEmulator emulator, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            Assert.Equal(status, (await emulator.Api.GetAsync("/v1/Services")).Status);
        }
    }
}
