namespace Serverless.Assets.Client.Tests.Concurrency;

/// <summary>
/// Processes that share a limit and know each other, on a virtual clock. Each has files of its own, so the last ones run
/// alone. The figures are medians of 11 runs.
/// </summary>
public sealed class SharedConcurrencyTests
{
    private const double Interval = 0.1;
    private const double RequestSeconds = 0.1;

    private static readonly SimulatedService FortyAllowed = new() { Allowed = _ => 40 };

    [Theory]
    [InlineData(1, 1000, 1.12)]
    [InlineData(2, 500, 1.2)]
    [InlineData(5, 200, 1.2)]
    [InlineData(8, 125, 1.2)]
    public void They_find_the_limit_once(int processes, int filesOfEach, double slowest)
    {
        AssertMedians(Simulate(FortyAllowed, processes, filesOfEach), ideal: 5, slowest, mostRejections: 0.05);
    }

    [Fact]
    public void They_find_a_limit_whose_rejections_are_fast_or_occupy_a_slot()
    {
        var fast = FortyAllowed with { ThrottledLatency = 0 };
        var slow = FortyAllowed with { ThrottledOccupiesSlot = true };

        AssertMedians(Simulate(fast, 5, 200), ideal: 5, slowest: 1.3, mostRejections: 0.05);
        AssertMedians(Simulate(slow, 5, 200), ideal: 5, slowest: 1.45, mostRejections: 0.1);
    }

    [Fact]
    public void They_use_a_limit_that_rises()
    {
        var service = new SimulatedService { Allowed = now => now < 2 ? 15 : 40 };
        var afterwards = ((5 * 400 * 2) - (2 / RequestSeconds * 15)) * RequestSeconds / 40;

        AssertMedians(Simulate(service, 5, 400), ideal: 2 + afterwards, slowest: 1.3, mostRejections: 0.05);
    }

    [Fact]
    public void They_start_with_the_limit_that_an_earlier_run_has_found()
    {
        AssertMedians(Simulate(FortyAllowed, 5, 200, knownTotal: 40), ideal: 5, slowest: 1.2, mostRejections: 0.05);
    }

    /// <summary>Twilio changes the limits of accounts, and other programs use the same one.</summary>
    [Fact]
    public void They_correct_a_limit_that_is_too_low_or_too_high()
    {
        AssertMedians(Simulate(FortyAllowed, 5, 400, knownTotal: 10), ideal: 10, slowest: 1.35, mostRejections: 0.05);
        AssertMedians(Simulate(FortyAllowed, 5, 200, knownTotal: 100), ideal: 5, slowest: 1.25, mostRejections: 0.15);
    }

    [Fact]
    public void They_follow_a_limit_that_drops()
    {
        var service = new SimulatedService { Allowed = now => now < 2 ? 40 : 15 };
        var afterwards = ((5 * 200 * 2) - (2 / RequestSeconds * 40)) * RequestSeconds / 15;

        AssertMedians(Simulate(service, 5, 200), ideal: 2 + afterwards, slowest: 1.25, mostRejections: 0.1);
    }

    /// <summary>Each of them has to send a request now and then, so together they send too many.</summary>
    [Fact]
    public void There_can_be_more_processes_than_requests_are_allowed()
    {
        var service = new SimulatedService { Allowed = _ => 3 };

        AssertMedians(Simulate(service, 5, 40), ideal: 400 * RequestSeconds / 3, slowest: 1.3, mostRejections: 0.25);
    }

    [Fact]
    public void They_share_a_limit_per_second()
    {
        var service = new SimulatedService { PerSecond = 50 };

        AssertMedians(Simulate(service, 5, 200), ideal: 40, slowest: 1.2, mostRejections: 0.1);
    }

    [Fact]
    public void They_share_a_line_without_a_limit()
    {
        var service = new SimulatedService { Bandwidth = 4_000_000 };

        AssertMedians(Simulate(service, 4, 40, fileBytes: 500_000), ideal: 20, slowest: 1.1, mostRejections: 0);
    }

    /// <summary>The next run in the process, or the next one on the machine, may be alone.</summary>
    [Fact]
    public void What_is_remembered_is_the_limit_of_all_of_them()
    {
        var follower = new AdaptiveConcurrency();
        follower.Adopt(new LimitShare(Leads: false, Total: 40, Part: 8), TimeSpan.Zero);

        Assert.Equal((8, 40), (follower.Limit, follower.Found));
        follower.Adopt(null, TimeSpan.Zero);
        Assert.Equal((8, 40), (follower.Limit, follower.Found));

        var leader = new AdaptiveConcurrency();
        leader.Adopt(new LimitShare(Leads: true, Total: 40, Part: 8), TimeSpan.Zero);
        Reject(leader);
        Assert.Equal(40, leader.Found);
        leader.Adopt(null, TimeSpan.Zero);
        Assert.Equal(40, leader.Found);
        Reject(leader);
        Assert.Equal(leader.Limit, leader.Found); // found alone since
        leader.Adopt(null, TimeSpan.Zero);
        Assert.Equal(leader.Limit, leader.Found);
    }

    /// <summary>It would be remembered for another week without any evidence.</summary>
    [Fact]
    public void What_a_single_process_started_with_is_not_found_again()
    {
        var alone = new AdaptiveConcurrency();
        alone.StartWith(40);
        alone.Adopt(new LimitShare(Leads: true, Total: 40, Part: null), TimeSpan.Zero);

        Assert.Equal((40, null), (alone.Limit, alone.Found));
    }

    private static void Reject(AdaptiveConcurrency concurrency) =>
        concurrency.OnEnded(
            concurrency.OnSent(RequestKind.Create("Asset.Create", 0), TimeSpan.Zero),
            RequestOutcome.Throttled,
            TimeSpan.Zero
        );

    private static IReadOnlyList<ConcurrencySimulation> Simulate(
        SimulatedService service,
        int processes,
        int filesOfEach,
        int? knownTotal = null,
        long fileBytes = 1024
    ) =>
        [
            .. Enumerable
                .Range(1, 41)
                .Select(seed =>
                    new ConcurrencySimulation(
                        service,
                        filesOfEach,
                        fileBytes,
                        processes: processes,
                        seed: seed,
                        shareInterval: Interval,
                        knownTotal: knownTotal
                    ).Run()
                ),
        ];

    /// <param name="ideal">The seconds that the service's limit allows.</param>
    /// <param name="slowest">The multiple of <paramref name="ideal"/> that the median may take.</param>
    private static void AssertMedians(
        IReadOnlyList<ConcurrencySimulation> simulations,
        double ideal,
        double slowest,
        double mostRejections
    )
    {
        Assert.InRange(GetMedian(simulation => simulation.Elapsed / ideal), 1, slowest);
        Assert.InRange(GetMedian(simulation => simulation.RejectedShare), 0, mostRejections);

        double GetMedian(Func<ConcurrencySimulation, double> figure) =>
            simulations.Select(figure).Order().ElementAt(simulations.Count / 2);
    }
}
