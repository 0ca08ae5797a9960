using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class ConcurrencyHeaderTests
{
    private const string Header = "Twilio-Concurrent-Requests";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Latency = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Four requests arrive at intervals of 600 ms, of which the last two are rejected. Their responses begin a minute
    /// later in the same order and at the same intervals.
    /// </summary>
    [Theory]
    [InlineData(ConcurrencyHeaderCount.AtArrival, "1 2 2 2")]
    [InlineData(ConcurrencyHeaderCount.AtArrivalWithRejected, "1 2 3 4")]
    [InlineData(ConcurrencyHeaderCount.AtResponse, "2 1 0 0")]
    [InlineData(ConcurrencyHeaderCount.OneSecondBeforeArrival, "0 0 1 2")]
    public async Task It_counts_what_the_setting_says(ConcurrencyHeaderCount counts, string expected)
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 2,
                LatencyMs = (int)Latency.TotalMilliseconds,
                ConcurrencyHeader = true,
                ConcurrencyHeaderCounts = counts,
            }
        );
        var requests = new List<Task<ApiResult>>();
        for (var number = 1; number <= 4; number++)
        {
            requests.Add(emulator.Api.GetAsync("/v1/Services"));
            await emulator.Clock.WaitForTimersAsync(number); // it has arrived and waits for its latency
            emulator.Clock.Advance(Step);
        }

        emulator.Clock.Advance(Latency - (5 * Step));
        var responses = new List<ApiResult>();
        foreach (var request in requests)
        {
            emulator.Clock.Advance(Step);
            responses.Add(await request);
        }

        Assert.Equal([200, 200, 429, 429], responses.Select(response => response.Status));
        Assert.Equal(expected, string.Join(' ', responses.Select(response => response.Headers[Header])));
    }

    [Theory]
    [InlineData(ConcurrencyHeaderCount.AtArrival, "2")]
    [InlineData(ConcurrencyHeaderCount.AtArrivalWithRejected, "3")]
    public async Task Rejected_requests_that_occupy_slots_are_counted_only_by_that_setting(
        ConcurrencyHeaderCount counts,
        string expected
    )
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 2,
                LatencyMs = 1000,
                ThrottledLatencyMs = 0,
                ThrottledOccupiesSlot = true,
                ConcurrencyHeader = true,
                ConcurrencyHeaderCounts = counts,
            }
        );
        var accepted = await StartAsync(emulator, 2);

        var rejected = await emulator.Api.GetAsync("/v1/Services");

        Assert.Equal((429, expected), (rejected.Status, rejected.Headers[Header]));
        emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(accepted), response => Assert.Equal(200, response.Status));
    }

    [Fact]
    public async Task A_limit_that_is_lowered_does_not_hide_the_requests_in_flight()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { LatencyMs = 1000 });
        var accepted = await StartAsync(emulator, 3);
        emulator.Faults = new EmulatorFaults { AllowedConcurrency = 1, ConcurrencyHeader = true };

        var rejected = await emulator.Api.GetAsync("/v1/Services");

        Assert.Equal((429, "3"), (rejected.Status, rejected.Headers[Header]));
        emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All(await Task.WhenAll(accepted), response => Assert.Equal(200, response.Status));
        var next = await emulator.Api.GetAsync("/v1/Services");
        Assert.Equal((200, "1"), (next.Status, next.Headers[Header]));
    }

    [Fact]
    public async Task A_reset_forgets_the_requests_of_the_last_second()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                LatencyMs = 1000,
                ConcurrencyHeader = true,
                ConcurrencyHeaderCounts = ConcurrencyHeaderCount.OneSecondBeforeArrival,
            }
        );
        var before = await StartAsync(emulator, 3);
        emulator.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(before);
        await emulator.Server.ResetAsync(TestEmulator.Token);
        emulator.Faults = emulator.Faults with { LatencyMs = 0 };

        Assert.Equal("0", (await emulator.Api.GetAsync("/v1/Services")).Headers[Header]);
    }

    [Fact]
    public void The_history_is_limited_to_a_second_in_milliseconds()
    {
        var history = new InFlightHistory();
        var time = TimeSpan.Zero;
        for (var change = 1; change <= 100_000; change++)
        {
            time += TimeSpan.FromMicroseconds(100);
            history.Add(time, change);
            Assert.InRange(history.Count, 1, 1000);
        }

        Assert.InRange(history.GetOneSecondBefore(time), 90_000 - 10, 90_000 + 10);
        Assert.Equal(100_000, history.GetOneSecondBefore(time + TimeSpan.FromSeconds(1)));
        Assert.Equal(0, history.Count);
    }

    private static async Task<Task<ApiResult>[]> StartAsync(TestEmulator emulator, int count)
    {
        var requests = Enumerable.Range(0, count).Select(_ => emulator.Api.GetAsync("/v1/Services")).ToArray();
        await emulator.Clock.WaitForTimersAsync(count);
        return requests;
    }
}
