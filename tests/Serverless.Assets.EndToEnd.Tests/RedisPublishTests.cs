namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Builds that share their uploads through a Redis server.</summary>
public sealed class RedisPublishTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const string RedisAssembly = "StackExchange.Redis";

    /// <summary>The package therefore contains the client of Redis and all that it needs.</summary>
    [Fact]
    public async Task A_second_machine_uploads_nothing()
    {
        using var redis = RedisProcess.Start();
        var emulator = await StartEmulatorAsync();
        var first = NewSharingProject(emulator, redis);
        var second = NewSharingProject(emulator, redis);

        var build = (await first.PublishAsync()).Succeeded();
        Assert.Equal(2, await emulator.CountUploadsAsync());
        await emulator.ResetStatsAsync();
        (await second.PublishAsync()).Succeeded();

        Assert.Contains(build.Messages, IsLoad);
        Assert.Equal(0, await emulator.CountUploadsAsync());
        var manifest = ConsumerManifest.Read(second.ManifestPath);
        Assert.Equal(ConsumerManifest.Read(first.ManifestPath).AssetVersions, manifest.AssetVersions);
        Assert.Equal("a", await emulator.GetTextAsync(manifest.AssetVersions[0]));
        Assert.Equal("b", await emulator.GetTextAsync(manifest.AssetVersions[1]));
    }

    [Fact]
    public async Task A_build_without_Redis_does_not_load_its_client()
    {
        var project = NewProject(await StartEmulatorAsync()).File("assets/a.txt", "a");

        var build = (await project.PublishAsync()).Succeeded();

        Assert.Contains(
            build.Messages,
            message => message.Contains("Serverless.Assets.Client", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(build.Messages, IsLoad);
    }

    private ConsumerProject NewSharingProject(TestEmulator emulator, RedisProcess redis) =>
        NewProject(emulator)
            .Property("ServerlessAssetsStateStore", redis.Url)
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b");

    /// <summary>MSBuild logs each assembly that a task loads.</summary>
    private static bool IsLoad(string message) =>
        message.StartsWith("Assembly loaded", StringComparison.Ordinal)
        && message.Contains(RedisAssembly, StringComparison.Ordinal);
}
