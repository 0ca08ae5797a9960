namespace Serverless.Assets.Client.Tests.Concurrency;

public sealed class LimitPerSecondTests
{
    private readonly LimitPerSecond _limit = new();

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void After_a_failed_raise_it_is_likely_if_several_reductions_are_rejected_too(int strikes, bool isLikely)
    {
        _limit.OnRaiseFailed();

        Throttle(strikes);

        Assert.Equal(isLikely, _limit.IsLikely);
    }

    [Fact]
    public void Without_a_failed_raise_the_limit_may_have_changed()
    {
        _limit.OnRaiseFailed();
        _limit.OnHeld(isComputed: false);

        Throttle(strikes: 10);

        Assert.False(_limit.IsLikely);
    }

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, true)]
    public void It_is_likely_if_computed_limits_rarely_hold(int failed, int held, bool isLikely)
    {
        for (var i = 0; i < failed; i++)
        {
            Throttle(strikes: 1, isComputed: true);
            if (i < held)
            {
                _limit.OnHeld(isComputed: true);
            }
        }

        Assert.Equal(isLikely, _limit.IsLikely);
    }

    [Fact]
    public void Two_raises_that_hold_rule_it_out()
    {
        Suspect(concurrency: 5);

        _limit.OnRaiseSucceeded(6);
        Assert.True(_limit.IsLikely);
        _limit.OnRaiseSucceeded(7);

        Assert.False(_limit.IsLikely);
    }

    [Fact]
    public void Raises_that_do_not_reach_it_say_nothing()
    {
        Suspect(concurrency: 5);

        for (var limit = 2; limit <= 5; limit++)
        {
            _limit.OnRaiseSucceeded(limit);
        }

        Assert.True(_limit.IsLikely);
    }

    [Fact]
    public void A_raise_that_fails_starts_the_count_again()
    {
        Suspect(concurrency: 5);

        _limit.OnRaiseSucceeded(6);
        Throttle(strikes: 1);
        _limit.OnRaiseSucceeded(6);

        Assert.True(_limit.IsLikely);
    }

    private void Suspect(int concurrency)
    {
        _limit.OnRaiseFailed();
        Throttle(strikes: 4, concurrency: concurrency);
    }

    private void Throttle(int strikes, bool isComputed = false, int concurrency = 5) =>
        _limit.OnThrottled(strikes, isComputed, concurrency);
}
