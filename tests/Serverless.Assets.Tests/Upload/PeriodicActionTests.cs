using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

public sealed class PeriodicActionTests
{
    private readonly FakeTimeProvider _clock = new();

    /// <summary>Such as after Ctrl+S.</summary>
    [Fact]
    public async Task A_paused_terminal_blocks_one_thread_and_not_one_more_for_each_frame()
    {
        using var paused = new ManualResetEventSlim();
        using var drawing = new SemaphoreSlim(0);
        var drawn = 0;
        using var action = new PeriodicAction(
            _clock,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1),
            () =>
            {
                Interlocked.Increment(ref drawn);
                drawing.Release();
                paused.Wait(TestContext.Current.CancellationToken);
            }
        );
        var first = Task.Run(() => _clock.Advance(TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken);
        await drawing.WaitAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, drawn);
        paused.Set();
        await first;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, drawn);
    }

    [Fact]
    public void A_terminal_that_fails_ends_the_progress_and_not_the_work()
    {
        var attempts = 0;
        using var action = new PeriodicAction(
            _clock,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1),
            () =>
            {
                attempts++;
                throw new IOException("Input/output error");
            }
        );

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, attempts);
    }
}
