using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.Tests.Content;

public sealed class ProgressTests : EmulatorTest, IProgress<long>
{
    private const int Length = 300_001;

    private readonly TempFolder _folder = new();
    private readonly List<long> _reports = [];

    public static TheoryData<ContentKind> Kinds => ContentKinds.All;

    public override ValueTask InitializeAsync()
    {
        Track(_folder);
        return base.InitializeAsync();
    }

    void IProgress<long>.Report(long value) => _reports.Add(value);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_increases_up_to_the_length(ContentKind kind)
    {
        await UploadAsync(kind.Create(_folder, new byte[Length]), progress: this);

        Assert.True(_reports.Count >= 5, "a report for each block");
        AssertAttempt(_reports);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_starts_again_with_each_attempt(ContentKind kind)
    {
        FailOnce(new EmulatorFaults { Rate500 = 1 });

        await UploadAsync(kind.Create(_folder, new byte[Length]), progress: this);

        Assert.Equal(2, Sent);
        var second = _reports.FindIndex(1, value => value <= _reports[0]);
        AssertAttempt(_reports[..second]);
        AssertAttempt(_reports[second..]);
    }

    [Fact]
    public async Task An_exception_of_the_receiver_is_the_callers()
    {
        var broken = new BrokenReceiver();

        Assert.Same(
            broken.Failure,
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                UploadAsync(AssetContent.FromBytes(new byte[Length]), progress: broken)
            )
        );
        Assert.Equal(1, Sent);
        Assert.Equal(0, await Emulator.CountVersionsAsync());
    }

    private static void AssertAttempt(List<long> reports)
    {
        Assert.Equal(reports.Distinct().Order(), reports);
        Assert.True(reports[0] > 0);
        Assert.Equal(Length, reports[^1]);
    }

    private sealed class BrokenReceiver : IProgress<long>
    {
        public InvalidOperationException Failure { get; } = new("the receiver is broken");

        public void Report(long value) => throw Failure;
    }
}
