namespace Serverless.Assets.Tests.TestSupport;

public sealed class SkippingClockTests
{
    /// <summary>Another wait may move the clock while a timer is created. Its end must still be reached.</summary>
    [Fact]
    public async Task Waits_that_begin_at_the_same_time_all_end()
    {
        const int Rounds = 50_000;
        var clock = new SkippingClock();
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(WaitAsync(1), WaitAsync(3), WaitAsync(2)).WithinAsync($"the waits of round {round}");
        }

        Assert.Equal(3 * Rounds, clock.Waits.Count);

        Task WaitAsync(int seconds) =>
            Task.Run(() => Task.Delay(TimeSpan.FromSeconds(seconds), clock, TestContext.Current.CancellationToken));
    }
}
