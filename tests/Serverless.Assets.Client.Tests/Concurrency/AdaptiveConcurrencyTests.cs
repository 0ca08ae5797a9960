namespace Serverless.Assets.Client.Tests.Concurrency;

public sealed class AdaptiveConcurrencyTests
{
    [Theory]
    [InlineData(1, 300)]
    [InlineData(5, 2000)]
    [InlineData(40, 2000)]
    [InlineData(100, 5000)]
    public void A_constant_limit_is_found_and_kept_to(int allowed, int requests)
    {
        var simulation = new AdaptiveConcurrencySimulation(_ => allowed);

        simulation.Run(requests);

        Assert.InRange(simulation.Elapsed, 0, 1.15 * requests * 0.1 / allowed);
        Assert.InRange(simulation.RejectedShare, 0, allowed == 1 ? 0.06 : 0.03);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_limit_that_falls_is_followed_within_a_round(bool hasHeader)
    {
        var simulation = new AdaptiveConcurrencySimulation(now => now < 3 ? 40 : 10, hasHeader: hasHeader);

        simulation.Run(2000);

        Assert.InRange(simulation.Limits[35], 8, 12);
        Assert.InRange(simulation.RejectedShare, 0, 0.06);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_limit_that_rises_is_followed(bool hasHeader)
    {
        var simulation = new AdaptiveConcurrencySimulation(now => now < 3 ? 5 : 80, hasHeader: hasHeader);

        simulation.Run(8000);

        Assert.Contains(simulation.Limits, limit => limit >= 75);
        Assert.InRange(simulation.RejectedShare, 0, 0.04);
        Assert.InRange(simulation.Elapsed, 0, 25);
    }

    [Fact]
    public void With_the_header_the_room_that_another_build_leaves_is_used_at_once()
    {
        int Others(double now) => now < 3 ? 30 : 0;
        var without = new AdaptiveConcurrencySimulation(_ => 40, othersAt: Others);
        var with = new AdaptiveConcurrencySimulation(_ => 40, othersAt: Others, hasHeader: true);

        without.Run(2000);
        with.Run(2000);

        Assert.InRange(with.Limits[35], 35, 42);
        Assert.True(with.Elapsed <= without.Elapsed, $"{with.Elapsed} s with, {without.Elapsed} s without");
    }

    [Fact]
    public void The_ceiling_is_never_passed()
    {
        var simulation = new AdaptiveConcurrencySimulation(_ => 40, ceiling: 3);

        simulation.Run(300);

        Assert.Equal(3, simulation.MostInFlight);
        Assert.Equal(0, simulation.Rejections);
    }

    [Fact]
    public void Concurrency_starts_low_and_doubles_each_round()
    {
        var concurrency = new AdaptiveConcurrency();

        for (var i = 0; i < AdaptiveConcurrency.Start; i++)
        {
            concurrency.OnProcessed(wasFull: true);
        }

        Assert.Equal(2 * AdaptiveConcurrency.Start, concurrency.Limit);
    }

    [Fact]
    public void It_does_not_grow_while_there_is_too_little_to_send()
    {
        var concurrency = new AdaptiveConcurrency();

        for (var i = 0; i < 1000; i++)
        {
            concurrency.OnProcessed(wasFull: false);
        }

        Assert.Equal(AdaptiveConcurrency.Start, concurrency.Limit);
    }

    [Fact]
    public void However_many_rejections_one_request_may_always_be_sent()
    {
        var concurrency = new AdaptiveConcurrency();

        for (var i = 0; i < 100; i++)
        {
            concurrency.OnThrottled();
        }

        Assert.Equal(1, concurrency.Limit);
    }
}
