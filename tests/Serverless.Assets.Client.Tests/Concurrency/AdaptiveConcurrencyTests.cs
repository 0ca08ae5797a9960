using System.Globalization;

namespace Serverless.Assets.Client.Tests.Concurrency;

public sealed class AdaptiveConcurrencyTests
{
    private const int Files = 1000;
    private const int RequestsPerFile = 2;
    private const double Immediately = 0.001;

    /// <summary>How long a 429 takes, and whether the rejected request counts as in flight meanwhile.</summary>
    public static TheoryData<double?, bool> Rejections =>
        new()
        {
            { Immediately, false },
            { null, false },
            { null, true },
        };

    [Theory]
    [MemberData(nameof(Rejections))]
    public void A_limit_of_40_is_used(double? throttledLatency, bool occupiesSlot) =>
        AssertUsed(
            40,
            Files,
            throttledLatency,
            occupiesSlot,
            slowest: occupiesSlot ? 1.2 : 1.12,
            mostRejections: occupiesSlot ? 0.04 : 0.02
        );

    [Theory]
    [MemberData(nameof(Rejections))]
    public void A_limit_of_5_is_used(double? throttledLatency, bool occupiesSlot) =>
        AssertUsed(5, Files, throttledLatency, occupiesSlot, slowest: 1.1, mostRejections: 0.03);

    [Theory]
    [MemberData(nameof(Rejections))]
    public void A_limit_of_100_is_used(double? throttledLatency, bool occupiesSlot) =>
        AssertUsed(
            100,
            2 * Files,
            throttledLatency,
            occupiesSlot,
            slowest: 1.35,
            mostRejections: occupiesSlot ? 0.05 : 0.03
        );

    [Theory]
    [MemberData(nameof(Rejections))]
    public void A_limit_of_1_is_used(double? throttledLatency, bool occupiesSlot) =>
        AssertUsed(1, 300, throttledLatency, occupiesSlot, slowest: 1.1, mostRejections: occupiesSlot ? 0.07 : 0.06);

    [Fact]
    public void A_limit_that_an_earlier_run_found_is_used_immediately()
    {
        var simulations = Simulate(new SimulatedService { Allowed = _ => 100 }, known: 100);

        AssertMedians(simulations, Files * RequestsPerFile * 0.1 / 100, slowest: 1.1, mostRejections: 0.01);
    }

    [Theory]
    [InlineData(20, 0.1)]
    [InlineData(50, 0.1)]
    [InlineData(100, 0.02)]
    public void A_limit_per_second_is_used(int perSecond, double latency)
    {
        foreach (double? throttledLatency in (double?[])[Immediately, null])
        {
            var simulations = Simulate(
                new SimulatedService
                {
                    PerSecond = perSecond,
                    Latency = latency,
                    ThrottledLatency = throttledLatency,
                }
            );

            AssertMedians(simulations, Files * RequestsPerFile / (double)perSecond, slowest: 1.2, mostRejections: 0.08);
        }
    }

    [Fact]
    public void A_limit_per_second_of_less_than_one_request_at_a_time_is_kept()
    {
        var simulations = Simulate(new SimulatedService { PerSecond = 5, ThrottledLatency = Immediately }, files: 100);

        AssertMedians(simulations, ideal: 40, slowest: 1.25, mostRejections: 0.25);
    }

    [Fact]
    public void Of_two_limits_the_stricter_one_is_used()
    {
        var simulations = Simulate(new SimulatedService { Allowed = _ => 40, PerSecond = 200 }, files: 4 * Files);

        AssertMedians(simulations, 4 * Files * RequestsPerFile / 200.0, slowest: 1.15, mostRejections: 0.05);
    }

    [Theory]
    [InlineData(Immediately)]
    [InlineData(null)]
    public void A_limit_that_falls_and_rises_is_followed(double? throttledLatency)
    {
        // 2,000 requests: 800 in the first 2 seconds, 300 in the next 2, and the others in 2.25.
        var simulations = Simulate(
            new SimulatedService { Allowed = now => now is < 2 or > 4 ? 40 : 15, ThrottledLatency = throttledLatency }
        );

        AssertMedians(simulations, ideal: 6.25, slowest: 1.25, mostRejections: 0.05);
    }

    [Fact]
    public void A_limit_that_falls_and_rises_is_followed_if_rejected_requests_take_slots()
    {
        var simulations = Simulate(
            new SimulatedService { Allowed = now => now is < 2 or > 4 ? 40 : 15, ThrottledOccupiesSlot = true }
        );

        AssertMedians(simulations, ideal: 6.25, slowest: 1.5, mostRejections: 0.1);
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void A_limit_that_falls_is_soon_kept_to(double? throttledLatency, bool occupiesSlot)
    {
        var simulation = new ConcurrencySimulation(
            new SimulatedService
            {
                Allowed = now => now < 3 ? 40 : 10,
                ThrottledLatency = throttledLatency,
                ThrottledOccupiesSlot = occupiesSlot,
            }
        );

        simulation.Run(until: 4);

        Assert.InRange(simulation.Limit, 5, 13);
    }

    [Fact]
    public void A_limit_that_falls_is_followed_with_few_rejections()
    {
        var simulation = new ConcurrencySimulation(new SimulatedService { Allowed = now => now < 3 ? 40 : 10 }).Run();

        Assert.InRange(simulation.Limit, 8, 12);
        Assert.InRange(simulation.RejectedShare, 0, 0.06);
    }

    [Theory]
    [InlineData(0.02, 16)]
    [InlineData(0.1, 32)] // with requests that take long, a round is saved
    public void Concurrency_starts_low_and_doubles_each_round(double duration, int second)
    {
        var concurrency = new AdaptiveConcurrency();
        foreach (var limit in (int[])[AdaptiveConcurrency.Start, second, 2 * second, 4 * second])
        {
            Assert.Equal(limit, concurrency.Limit);
            var sent = Enumerable.Range(0, limit).Select(_ => Send(concurrency, 0)).ToList();
            concurrency.OnWaiting(waiting: 1000);
            sent.ForEach(request => End(concurrency, request, RequestOutcome.Processed, duration));
        }
    }

    [Fact]
    public void No_round_is_saved_while_a_long_body_is_in_flight()
    {
        var concurrency = new AdaptiveConcurrency();
        concurrency.OnSent(RequestKind.Create("AssetVersion.Create", 500_000), TimeSpan.Zero);
        var sent = Enumerable.Range(1, AdaptiveConcurrency.Start - 1).Select(_ => Send(concurrency, 0)).ToList();
        concurrency.OnWaiting(waiting: 1000);

        sent.ForEach(request => End(concurrency, request, RequestOutcome.Processed, 0.1));

        Assert.Equal(2 * AdaptiveConcurrency.Start, concurrency.Limit);
    }

    [Theory]
    [InlineData(9, 10)]
    [InlineData(10, 11)]
    public void A_higher_limit_is_only_tried_if_enough_requests_wait(int waiting, int limit)
    {
        var concurrency = new AdaptiveConcurrency();
        concurrency.StartWith(10);
        for (var round = 0; round < 5; round++)
        {
            var sent = Enumerable.Range(0, 10).Select(_ => Send(concurrency, round)).ToList();
            concurrency.OnWaiting(waiting);
            sent.ForEach(request => End(concurrency, request, RequestOutcome.Processed, round + 0.1));
        }

        Assert.Equal(limit, concurrency.Limit);
    }

    [Fact]
    public void A_limit_that_rises_is_found()
    {
        var simulation = new ConcurrencySimulation(
            new SimulatedService { Allowed = now => now < 3 ? 5 : 80 },
            files: 4 * Files
        ).Run();

        Assert.InRange(simulation.Limit, 75, 81);
        Assert.InRange(simulation.RejectedShare, 0, 0.04);
        Assert.InRange(simulation.Elapsed, 0, 1.25 * (3 + (((4 * Files * RequestsPerFile) - 150) * 0.1 / 80)));
    }

    [Theory]
    [InlineData(2, 500)]
    [InlineData(8, 125)]
    public void Processes_share_a_limit(int processes, int filesOfEach)
    {
        var simulations = Simulate(new SimulatedService { Allowed = _ => 40 }, filesOfEach, processes: processes);

        AssertMedians(simulations, ideal: 5, slowest: 1.3, mostRejections: 0.1);
    }

    /// <summary>
    /// 80 MB on a line of 4 MB/s take 20 seconds, in however many uploads, so few share it: those are complete if the
    /// run is killed.
    /// </summary>
    [Fact]
    public void Few_uploads_share_a_slow_line()
    {
        var service = new SimulatedService { Bandwidth = 4_000_000 };

        var complete = Simulate(service, files: 160, fileBytes: 500_000);
        var killed = new ConcurrencySimulation(service, files: 160, fileBytes: 500_000).Run(until: 10);

        AssertMedians(complete, ideal: 20, slowest: 1.1, mostRejections: 0);
        Assert.InRange(killed.InFlight, 1, 32);
        Assert.InRange(killed.CompletedShare, 0.8, 1);
    }

    [Fact]
    public void A_fast_line_is_not_taken_for_a_slow_one()
    {
        var simulations = Simulate(new SimulatedService { Bandwidth = 40_000_000 }, files: 160, fileBytes: 500_000);

        AssertMedians(simulations, ideal: 2, slowest: 1.25, mostRejections: 0);
    }

    [Fact]
    public void Without_a_limit_requests_are_not_rejected_and_concurrency_grows()
    {
        var simulation = new ConcurrencySimulation(new SimulatedService()).Run();

        Assert.Equal(0, simulation.Rejections);
        Assert.InRange(simulation.MostInFlight, 200, 1000);
    }

    [Fact]
    public void Requests_that_take_long_do_not_delay_the_growth()
    {
        var simulations = Simulate(new SimulatedService { SlowShare = 0.3, SlowLatency = 1 });

        AssertMedians(simulations, ideal: 1, slowest: 4.2, mostRejections: 0);
    }

    [Fact]
    public void Some_files_are_complete_after_the_first_second()
    {
        var simulation = new ConcurrencySimulation(new SimulatedService { Allowed = _ => 20 }).Run(until: 1);

        Assert.InRange(simulation.CompletedFiles, 60, 100);
    }

    [Fact]
    public void The_ceiling_is_never_exceeded()
    {
        var simulation = new ConcurrencySimulation(new SimulatedService { Allowed = _ => 40 }, files: 150, ceiling: 3);

        simulation.Run();

        Assert.Equal(3, simulation.MostInFlight);
        Assert.Equal(0, simulation.Rejections);
    }

    [Fact]
    public void A_known_limit_above_the_ceiling_is_lowered_to_it()
    {
        var concurrency = new AdaptiveConcurrency(ceiling: 3);

        concurrency.StartWith(100);

        Assert.Equal(3, concurrency.Limit);
    }

    [Fact]
    public void A_known_limit_has_no_effect_after_the_first_request()
    {
        var concurrency = new AdaptiveConcurrency();
        Send(concurrency, 0);

        concurrency.StartWith(100);

        Assert.Equal(AdaptiveConcurrency.Start, concurrency.Limit);
    }

    [Fact]
    public void At_the_ceiling_the_limit_stays_however_long_it_holds()
    {
        var simulation = new ConcurrencySimulation(new SimulatedService(), files: 2000, ceiling: 3, known: 3).Run();

        Assert.Equal((3, 3), (simulation.Limit, simulation.MostInFlight));
    }

    [Fact]
    public void A_request_that_takes_long_does_not_delay_the_others()
    {
        const int Allowed = 20;
        var concurrency = new AdaptiveConcurrency();
        Send(concurrency, 0);
        for (var round = 1; round <= 30; round++)
        {
            var sent = new List<SentRequest>();
            while (concurrency.InFlight < concurrency.Limit)
            {
                sent.Add(Send(concurrency, 0.1 * round));
            }

            concurrency.OnWaiting(waiting: 1000);
            foreach (var (position, request) in sent.Index())
            {
                var outcome = position < Allowed - 1 ? RequestOutcome.Processed : RequestOutcome.Throttled;
                End(concurrency, request, outcome, 0.1 * (round + 1));
                concurrency.OnWaiting(waiting: 1000);
            }
        }

        Assert.InRange(concurrency.Limit, Allowed - 1, Allowed + 1);
    }

    [Fact]
    public void It_does_not_grow_while_there_is_too_little_to_send()
    {
        var concurrency = new AdaptiveConcurrency();

        for (var i = 0; i < 1000; i++)
        {
            End(concurrency, Send(concurrency, i), RequestOutcome.Processed, i + 1);
        }

        Assert.Equal(AdaptiveConcurrency.Start, concurrency.Limit);
        Assert.Null(concurrency.Found);
    }

    [Fact]
    public void However_many_rejections_one_request_may_always_be_sent()
    {
        var concurrency = new AdaptiveConcurrency();

        for (var i = 0; i < 100; i++)
        {
            End(concurrency, Send(concurrency, i), RequestOutcome.Throttled, i);
        }

        Assert.Equal(1, concurrency.Limit);
        Assert.InRange(concurrency.PausedUntil.TotalSeconds - 99, 0.01, 1);
    }

    [Fact]
    public void Lost_requests_say_nothing_about_the_limit()
    {
        var concurrency = new AdaptiveConcurrency();

        for (var i = 0; i < 100; i++)
        {
            End(concurrency, Send(concurrency, i), RequestOutcome.Lost, i);
        }

        Assert.Equal(
            (AdaptiveConcurrency.Start, 0, null),
            (concurrency.Limit, concurrency.InFlight, concurrency.Found)
        );
    }

    private static SentRequest Send(AdaptiveConcurrency concurrency, double seconds) =>
        concurrency.OnSent(RequestKind.Create("Asset.Create", 0), TimeSpan.FromSeconds(seconds));

    private static void End(
        AdaptiveConcurrency concurrency,
        SentRequest sent,
        RequestOutcome outcome,
        double seconds
    ) => concurrency.OnEnded(sent, outcome, TimeSpan.FromSeconds(seconds));

    private static void AssertUsed(
        int allowed,
        int files,
        double? throttledLatency,
        bool occupiesSlot,
        double slowest,
        double mostRejections
    ) =>
        AssertMedians(
            Simulate(
                new SimulatedService
                {
                    Allowed = _ => allowed,
                    ThrottledLatency = throttledLatency,
                    ThrottledOccupiesSlot = occupiesSlot,
                },
                files
            ),
            files * RequestsPerFile * 0.1 / allowed,
            slowest,
            mostRejections
        );

    /// <summary>Simulates the same run with different random delays.</summary>
    private static IReadOnlyList<ConcurrencySimulation> Simulate(
        SimulatedService service,
        int files = Files,
        long fileBytes = 1024,
        int processes = 1,
        int? known = null
    ) =>
        [
            .. Enumerable
                .Range(1, 11)
                .Select(seed =>
                    new ConcurrencySimulation(service, files, fileBytes, processes, known: known, seed: seed).Run()
                ),
        ];

    /// <param name="ideal">The seconds that the service's limit allows.</param>
    /// <param name="slowest">The multiple of <paramref name="ideal"/> that the median may take.</param>
    /// <param name="mostRejections">The share of requests that the median may have rejected.</param>
    private static void AssertMedians(
        IReadOnlyList<ConcurrencySimulation> simulations,
        double ideal,
        double slowest,
        double mostRejections
    )
    {
        var ratio = simulations
            .Select(simulation => simulation.Elapsed / ideal)
            .Order()
            .ElementAt(simulations.Count / 2);
        var share = simulations.Select(simulation => simulation.RejectedShare).Order().ElementAt(simulations.Count / 2);
        Assert.True(
            ratio <= slowest && share <= mostRejections,
            string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} times the ideal, {100 * share:0.0} % rejected")
        );
    }
}
