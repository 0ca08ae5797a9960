using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Results;

namespace Serverless.Assets.Tests.Faults;

/// <summary>Runs on one machine create their Assets one after the other.</summary>
public sealed class MachineLockTests
{
    private const int Files = 40;

    [Fact]
    public async Task Two_first_uploads_at_once_create_each_Asset_once()
    {
        using var machine = new TempFolder();
        await using var one = await EngineWorkbench.StartAsync();
        await using var two = await EngineWorkbench.StartAsync();
        two.UseEmulatorOf(one);
        one.LockDirectory = two.LockDirectory = machine.Path;
        one.WriteFiles(Files);
        two.WriteFiles(Files);
        one.Emulator.Faults = new EmulatorFaults { LatencyMs = 30 }; // long enough for both to find an empty list

        var (first, second) = (one.UploadAsync(), two.UploadAsync());
        var assets = (await first, await second);

        Assert.Equal(
            assets.Item1.Assets.Select(asset => asset.AssetSid),
            assets.Item2.Assets.Select(asset => asset.AssetSid)
        );
        var requests = await one.Emulator.CountRequestsAsync();
        Assert.Equal((Files, 2 * Files), (requests["Asset.Create"], requests["AssetVersion.Create"]));
        Assert.DoesNotContain("Asset.Delete", requests.Keys);
    }

    /// <summary>Without turns, both would deploy over the same Build, and one would have to deploy again.</summary>
    [Fact]
    public async Task Two_deployments_at_once_take_turns()
    {
        using var machine = new TempFolder();
        await using var one = await EngineWorkbench.StartAsync();
        await using var two = await EngineWorkbench.StartAsync();
        two.UseEmulatorOf(one);
        one.LockDirectory = two.LockDirectory = machine.Path;
        one.Write("assets/one.txt", "one");
        two.Write("assets/two.txt", "two");
        await one.UploadAsync();
        await two.UploadAsync();
        one.Emulator.Faults = new EmulatorFaults { LatencyMs = 30 }; // long enough for both to find nothing live

        var results = await Task.WhenAll(DeployAsync(one), DeployAsync(two));

        Assert.Equal(2, (await one.Emulator.CountRequestsAsync())["Deployment.Create"]);
        var last = Assert.Single(results, result => result.PreviousBuildSid is not null);
        Assert.Equal(2, last.Build!.AssetCount);
    }

    private static Task<DeployResult> DeployAsync(EngineWorkbench bench) =>
        new DeploymentPipeline(bench.CreateContext(new RecordingLogger())).DeployAsync(
            bench.Settings,
            prepared: null,
            TestContext.Current.CancellationToken
        );

    /// <summary>The clock hurries: the half minute is over at once.</summary>
    [Fact]
    public async Task A_turn_that_another_does_not_leave_is_not_waited_for_forever()
    {
        using var machine = new TempFolder();
        await using var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.LockDirectory = machine.Path;
        service.WriteFiles(1);
        await service.UploadAsync();
        var turn = Assert.Single(Directory.GetFiles(machine.Path, "*.lock"));
        using var held = new FileStream(turn, FileMode.Open, FileAccess.ReadWrite, FileShare.None); // left by the first run
        service.WriteFiles(2);

        var result = await service.UploadAsync();

        Assert.Equal(2, result.Assets.Count);
        await service.AssertCompleteAsync(2);
        var messages = service.Logger.MessagesOf(LogLevel.Detail);
        Assert.Contains(
            messages,
            message =>
                message.StartsWith("Stopped waiting for another upload on this machine", StringComparison.Ordinal)
                && message.EndsWith("after 30 seconds", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(messages, message => message.StartsWith("Not waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_place_for_the_file_it_goes_on()
    {
        using var machine = new TempFolder();
        await using var service = await EngineWorkbench.StartAsync();
        service.LockDirectory = machine.Write("file", "not a folder");
        service.WriteFiles(1);

        await service.UploadAsync();

        await service.AssertCompleteAsync(1);
    }
}
