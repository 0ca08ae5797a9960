namespace Serverless.Assets.Client.Tests.Concurrency;

public sealed class ExperimentStepsTests
{
    private readonly ExperimentSteps _steps = new();

    [Fact]
    public void Steps_double_while_experiments_succeed()
    {
        int[] steps = [_steps.GetNext(40, isFirst: true), Next(41), Next(43), Next(47), Next(55)];

        Assert.Equal([1, 2, 4, 8, 16], steps);
    }

    [Fact]
    public void A_step_at_most_doubles_the_limit()
    {
        int[] steps = [_steps.GetNext(1, isFirst: true), Next(2), Next(4), Next(6)];

        Assert.Equal([1, 2, 4, 6], steps);
    }

    [Fact]
    public void The_first_step_is_1()
    {
        _steps.GetNext(40, isFirst: true);
        Next(41);

        Assert.Equal(1, _steps.GetNext(43, isFirst: true));
    }

    [Fact]
    public void Below_a_limit_that_was_too_high_the_distance_is_halved()
    {
        _steps.Excess = 50;

        int[] steps = [_steps.GetNext(30, isFirst: true), Next(40), Next(45), Next(47), Next(48)];

        Assert.Equal([10, 5, 2, 1, 1], steps);
    }

    /// <summary>The last step was half a distance, which says nothing about how far the limit can be raised.</summary>
    [Fact]
    public void Beyond_a_limit_that_was_too_high_steps_start_with_1_again()
    {
        _steps.Excess = 50;
        _steps.GetNext(30, isFirst: true);

        int[] steps = [Next(49), Next(50), Next(52)];

        Assert.Equal([1, 2, 4], steps);
        Assert.Null(_steps.Excess);
    }

    private int Next(int limit) => _steps.GetNext(limit, isFirst: false);
}
