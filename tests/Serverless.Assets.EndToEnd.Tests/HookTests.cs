namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Which commands upload, and which must not.</summary>
public sealed class HookTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly Dictionary<string, int> OneUpload = new()
    {
        ["CollectServerlessAssets"] = 1,
        ["UploadServerlessAssets"] = 1,
    };

    /// <summary>No task of ours is even loaded, and the one target that runs compares properties.</summary>
    [Fact]
    public async Task A_build_that_uploads_on_publish_costs_the_check_of_the_switches_and_nothing_else()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");

        foreach (var result in new[] { await project.BuildAsync(), await project.BuildAsync("--no-restore") })
        {
            Assert.Equal(
                new Dictionary<string, int> { ["_ServerlessAssetsCheckSwitches"] = 1 },
                result.Succeeded().Targets
            );
            Assert.Empty(result.Tasks);
            Assert.DoesNotContain(
                result.Messages,
                message => message.Contains("Serverless.Assets.Build.dll", StringComparison.Ordinal)
            );
        }

        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.False(Directory.Exists(project.PathOf("obj/serverless-assets")));
    }

    [Fact]
    public async Task Nothing_runs_unless_it_is_a_publish_that_may()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");

        ConsumerBuild[] results =
        [
            await project.BuildAsync("-c", "Release"),
            await project.PublishAsync("--no-build", "-p:ServerlessAssetsUploadOn=None"),
            await project.PublishAsync("--no-build", "-p:ServerlessAssetsEnabled=false"),
            await project.PublishAsync("--no-build", "-p:IsPublishable=false"),
            await project.BuildAsync(
                "-c",
                "Release",
                "--no-restore",
                "-p:ServerlessAssetsUploadOn=Build",
                "-p:ServerlessAssetsEnabled=false"
            ),
            await project.BuildAsync(
                "-c",
                "Release",
                "--no-restore",
                "-p:ServerlessAssetsUploadOn=Build",
                "-p:DesignTimeBuild=true",
                "-t:Build"
            ),
        ];

        Assert.All(results, result => Assert.Empty(result.Succeeded().Tasks));
        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.False(File.Exists(project.ManifestPath));

        Assert.Equal(OneUpload, (await project.PublishAsync("--no-build")).Succeeded().Tasks);
        Assert.Equal(["/a.txt"], ConsumerManifest.Read(project.ManifestPath).Paths);
    }
}
