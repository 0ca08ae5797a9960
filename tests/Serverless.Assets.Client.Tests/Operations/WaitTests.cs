using System.Net;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>Waiting for a Build.</summary>
public sealed class WaitTests : EmulatorTest
{
    [Theory]
    [InlineData(false, BuildStatus.Completed)]
    [InlineData(true, BuildStatus.Failed)]
    public async Task It_asks_once_a_second_until_the_Build_has_ended(bool fails, BuildStatus expected)
    {
        var build = await CreateBuildAsync(new EmulatorFaults { FailBuilds = fails, BuildSeconds = 3 });
        var before = Clock.Waits.Count;
        BeforeRequest = (_, _) =>
        {
            Emulator.Clock.Advance(TimeSpan.FromSeconds(1));
            return null;
        };

        var ended = await Client.Builds.WaitAsync(Service, build, cancellationToken: Cancellation);

        Assert.Equal((build, expected), (ended.Sid, ended.Status));
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(1), 2), Clock.Waits.Skip(before));
    }

    [Fact]
    public async Task The_interval_can_be_chosen_and_the_wait_canceled()
    {
        using var caller = new CancellationTokenSource();
        var build = await CreateBuildAsync(new EmulatorFaults { BuildSeconds = 1000 });
        var before = Sent;
        BeforeRequest = (_, number) =>
        {
            if (number == before + 5)
            {
                caller.Cancel();
            }

            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Client.Builds.WaitAsync(Service, build, TimeSpan.FromSeconds(7), caller.Token)
        );

        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(7), 4), Clock.Waits.TakeLast(4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(25L * 24 * 60 * 60 * 1000)]
    public async Task An_interval_out_of_range_is_not_valid(long milliseconds)
    {
        var failure = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Client.Builds.WaitAsync(
                Service,
                ClientMethod.CreateSid(SidKind.Build),
                TimeSpan.FromMilliseconds(milliseconds),
                Cancellation
            )
        );

        Assert.Equal("interval", failure.ParamName);
        Assert.Equal(0, Sent);
    }

    [Fact]
    public async Task A_Build_that_does_not_exist_is_404()
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            Client.Builds.WaitAsync(Service, ClientMethod.CreateSid(SidKind.Build), cancellationToken: Cancellation)
        );

        Assert.Equal(HttpStatusCode.NotFound, failure.Status);
    }

    private async Task<Sid> CreateBuildAsync(EmulatorFaults faults)
    {
        Emulator.Faults = faults;
        var version = await UploadAsync(AssetContent.FromText("x"));
        var contents = new BuildContents { AssetVersions = [version.Sid] };
        return (await Client.Builds.CreateAsync(Service, contents, Cancellation)).Sid;
    }
}
