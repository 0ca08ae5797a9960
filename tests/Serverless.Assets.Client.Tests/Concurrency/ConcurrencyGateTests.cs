using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Client.Tests.Concurrency;

public sealed class ConcurrencyGateTests
{
    private static readonly RequestKind Kind = RequestKind.Create("Asset.Create", 0);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Requests_are_admitted_up_to_the_limit_in_the_order_of_arrival()
    {
        var gate = CreateGate(ceiling: 2);
        var first = await EnterAsync(gate);
        await EnterAsync(gate);
        var third = EnterAsync(gate);
        var fourth = EnterAsync(gate);

        Assert.Equal((2, false, false), (gate.InFlight, third.IsCompleted, fourth.IsCompleted));
        gate.Leave(first, RequestOutcome.Processed);

        Assert.Equal(2, (await third).InFlight);
        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task Requests_of_low_priority_are_admitted_when_no_other_waits()
    {
        var gate = CreateGate(ceiling: 1);
        var first = await EnterAsync(gate);
        var low = EnterAsync(gate, RequestPriority.Low);
        var normal = EnterAsync(gate);

        gate.Leave(first, RequestOutcome.Processed);
        var second = await normal;
        Assert.False(low.IsCompleted);

        gate.Leave(second, RequestOutcome.Processed);
        await low;
    }

    [Fact]
    public async Task Requests_that_are_sent_again_are_admitted_first_of_their_priority()
    {
        var gate = CreateGate(ceiling: 1);
        var sent = await EnterAsync(gate);
        var low = EnterAsync(gate, RequestPriority.Low);
        var lowAgain = EnterAsync(gate, RequestPriority.Low, isRepeated: true);
        var normal = EnterAsync(gate);
        var again = EnterAsync(gate, isRepeated: true);
        var againLater = EnterAsync(gate, isRepeated: true);
        Assert.Equal(5, gate.Waiting);

        foreach (var next in (Task<SentRequest>[])[again, againLater, normal, lowAgain, low])
        {
            Assert.False(next.IsCompleted);
            gate.Leave(sent, RequestOutcome.Processed);
            sent = await next;
        }
    }

    [Fact]
    public async Task A_place_can_be_reserved_for_a_request_that_follows()
    {
        var gate = CreateGate(ceiling: 1);
        var first = await EnterAsync(gate);
        var low = EnterAsync(gate, RequestPriority.Low);
        var place = gate.Reserve();

        gate.Leave(first, RequestOutcome.Processed);
        Assert.False(low.IsCompleted);
        var next = EnterAsync(gate);
        place.Dispose();
        gate.Leave(await next, RequestOutcome.Processed);

        place.Dispose();
        await low;
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task A_reserved_place_that_is_not_used_is_given_back()
    {
        var gate = CreateGate(ceiling: 1);
        var place = gate.Reserve();
        var low = EnterAsync(gate, RequestPriority.Low);
        Assert.False(low.IsCompleted);

        place.Dispose();

        await low;
    }

    [Fact]
    public async Task A_canceled_wait_takes_no_place()
    {
        var gate = CreateGate(ceiling: 1);
        using var canceled = new CancellationTokenSource();
        var first = await EnterAsync(gate);
        var waiting = gate.EnterAsync(Kind, RequestPriority.Normal, isRepeated: false, canceled.Token);
        var next = EnterAsync(gate);

        await canceled.CancelAsync();
        gate.Leave(first, RequestOutcome.Processed);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await next;
        Assert.Equal(1, gate.InFlight);
    }

    [Fact]
    public async Task After_a_429_at_a_limit_of_one_the_next_request_is_sent_after_a_pause()
    {
        var gate = CreateGate(ceiling: 1);
        for (var i = 0; i < 3; i++)
        {
            var sent = EnterAsync(gate);
            _clock.Advance(TimeSpan.FromSeconds(1));
            gate.Leave(await sent, RequestOutcome.Throttled);
        }

        var low = EnterAsync(gate, RequestPriority.Low);
        var normal = EnterAsync(gate);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((false, false), (low.IsCompleted, normal.IsCompleted));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await normal;
        Assert.False(low.IsCompleted);
    }

    [Fact]
    public async Task The_limit_is_known_only_after_it_was_reached()
    {
        var gate = CreateGate(ceiling: null);
        var sent = await EnterAsync(gate);
        Assert.Null(gate.FoundLimit);

        gate.Leave(sent, RequestOutcome.Throttled);

        Assert.Equal(gate.Limit, gate.FoundLimit);
    }

    [Fact]
    public async Task A_request_is_admitted_once_even_if_reading_the_clock_admits_it()
    {
        var clock = new InterruptingClock();
        var gate = new ConcurrencyGate(new AdaptiveConcurrency(1), clock);
        clock.Interruption = gate.Reserve().Dispose;

        var sent = await EnterAsync(gate);

        Assert.Equal((0, 1), (sent.Number, gate.InFlight));
    }

    private ConcurrencyGate CreateGate(int? ceiling) => new(new AdaptiveConcurrency(ceiling), _clock);

    private static Task<SentRequest> EnterAsync(
        ConcurrencyGate gate,
        RequestPriority priority = RequestPriority.Normal,
        bool isRepeated = false
    ) => gate.EnterAsync(Kind, priority, isRepeated, TestContext.Current.CancellationToken);

    /// <summary>Does something else when it is read, as a clock that runs the callbacks of timers does.</summary>
    private sealed class InterruptingClock : FakeTimeProvider
    {
        public Action? Interruption { get; set; }

        public override long GetTimestamp()
        {
            var interruption = Interruption;
            Interruption = null;
            interruption?.Invoke();
            return base.GetTimestamp();
        }
    }
}
