using Serverless.Assets.Client;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.State;

/// <summary>The runs of an account on one machine find each other in a file.</summary>
public sealed class LocalRunsTests : IDisposable
{
    private static readonly ConcurrencyKey Key = new("AC1", "https://serverless.twilio.com");
    private static readonly RunUsage First = new("1-a", 8, IsBusy: true) { Adopted = new AdoptedShare(40, 20, 1) };
    private static readonly RunUsage Second = new("2-b", 16, IsBusy: false);

    private readonly TempFolder _machine = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task They_tell_each_other_about_themselves()
    {
        var (first, second) = (Open(), Open());

        AssertKnown([], null, await first.ExchangeAsync(First));
        AssertKnown([First], null, await second.ExchangeAsync(Second));
        AssertKnown([Second], null, await first.ExchangeAsync(First));
        await first.PublishAsync(40);
        AssertKnown([First], 40, await second.ExchangeAsync(Second));
        await first.LeaveAsync(First.Id);
        AssertKnown([], null, await second.ExchangeAsync(Second));
    }

    [Fact]
    public async Task A_run_that_does_not_say_anything_for_two_seconds_has_ended()
    {
        var (first, second) = (Open(), Open());
        await first.ExchangeAsync(First);
        await first.PublishAsync(40);

        _clock.Advance(TimeSpan.FromSeconds(1.999));
        AssertKnown([First], 40, await second.ExchangeAsync(Second));
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        AssertKnown([], null, await second.ExchangeAsync(Second));
    }

    /// <summary>Its own limit was found alone, so it counts even if nobody else is there.</summary>
    [Fact]
    public async Task A_run_knows_the_limit_that_it_has_published()
    {
        var run = Open();
        await run.ExchangeAsync(First);
        await run.PublishAsync(40);

        AssertKnown([], 40, await run.ExchangeAsync(First));
        AssertKnown([], null, await Open(Key with { User = "AC2" }).ExchangeAsync(Second));
        AssertKnown([], null, await Open(Key with { Origin = "http://127.0.0.1:5005" }).ExchangeAsync(Second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0\n1-a\n")]
    [InlineData("-1\n1-a {until} 8 1 0\n")] // of another version
    [InlineData("1001\n1-a {until} 8 100 0 0 0 -1\n\n\n")]
    [InlineData("40 \n1-a {late} 8 100 0 0 0 0\n")] // of a clock that was wrong
    [InlineData("40 \n1-a {early} 8 100 0 0 0 0\n")]
    [InlineData("40 \n1-a 99999999999999999999 8 100 0 0 0 0\n")]
    [InlineData("\0\0\0\0")]
    public async Task What_is_not_valid_is_ignored(string content)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var run = Open();
        await run.ExchangeAsync(First);
        await File.WriteAllTextAsync(
            GetFile(),
            content.Replace("{until}", $"{now + 1000}").Replace("{late}", $"{now + 2001}").Replace("{early}", $"{now}"),
            TestContext.Current.CancellationToken
        );

        AssertKnown([], null, await run.ExchangeAsync(First));
        AssertKnown([First], null, await Open().ExchangeAsync(Second));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_replaced()
    {
        var run = Open();
        await run.ExchangeAsync(First);
        await File.AppendAllTextAsync(GetFile(), new string(' ', 16 * 1024), TestContext.Current.CancellationToken);

        AssertKnown([], null, await Open().ExchangeAsync(Second));
        AssertKnown([Second], null, await run.ExchangeAsync(First));
    }

    [Fact]
    public async Task While_another_run_uses_the_file_what_was_known_last_counts()
    {
        var (first, second) = (Open(), Open());
        await second.ExchangeAsync(Second);
        await first.ExchangeAsync(First);
        using (new FileStream(GetFile(), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            AssertKnown([Second], null, await first.ExchangeAsync(First with { Limit = 5 }));
        }

        AssertKnown([First], null, await second.ExchangeAsync(Second));
    }

    [Fact]
    public async Task A_run_that_can_not_use_the_file_is_alone()
    {
        var run = Open();
        await run.ExchangeAsync(First);
        var file = GetFile();
        File.Delete(file);
        Directory.CreateDirectory(file);

        Assert.Null(await run.ExchangeAsync(First));
    }

    [Fact]
    public void Without_a_folder_they_do_not_look_for_each_other()
    {
        Assert.Null(LocalRuns.Open(Key, new EngineContext { Logger = new RecordingLogger() }));
    }

    private static void AssertKnown(IReadOnlyList<RunUsage> runs, int? total, KnownRuns? known)
    {
        Assert.NotNull(known);
        Assert.Equal(runs, known.Runs);
        Assert.Equal(total, known.Total);
    }

    private LocalRuns Open(ConcurrencyKey? key = null) =>
        LocalRuns.Open(
            key ?? Key,
            new EngineContext
            {
                Logger = new RecordingLogger(),
                LockDirectory = _machine.Path,
                Clock = _clock,
            }
        )!;

    private string GetFile() => Assert.Single(Directory.GetFiles(_machine.Path));
}
