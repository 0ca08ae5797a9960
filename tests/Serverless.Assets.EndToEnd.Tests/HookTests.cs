using Serverless.Assets.EndToEnd.Tests.Support;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Which commands upload, and which must not.</summary>
public sealed class HookTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly Dictionary<string, int> OneUpload = new() { ["CollectServerlessAssets"] = 1, ["UploadServerlessAssets"] = 1 };

    [Fact]
    public async Task Nothing_runs_unless_it_is_a_publish_that_may()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");

        BuildResult[] results =
        [
            await project.BuildAsync("-c", "Release"),
            await project.PublishAsync("--no-build", "-p:ServerlessAssetsUploadOn=None"),
            await project.PublishAsync("--no-build", "-p:ServerlessAssetsEnabled=false"),
            await project.PublishAsync("--no-build", "-p:IsPublishable=false"),
            await project.BuildAsync("-c", "Release", "--no-restore", "-p:ServerlessAssetsUploadOn=Build", "-p:ServerlessAssetsEnabled=false"),
            await project.BuildAsync("-c", "Release", "--no-restore", "-p:ServerlessAssetsUploadOn=Build", "-p:DesignTimeBuild=true", "-t:Build"),
        ];

        Assert.All(results, result => Assert.Empty(result.Succeeded().Tasks));
        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.False(File.Exists(project.ManifestPath));

        Assert.Equal(OneUpload, (await project.PublishAsync("--no-build")).Succeeded().Tasks);
        Assert.Equal(["/a.txt"], Manifest.Read(project.ManifestPath).Paths);
    }
}
