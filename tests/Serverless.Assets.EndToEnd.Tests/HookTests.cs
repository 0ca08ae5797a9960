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
            await project.BuildAsync(),
            await project.BuildAsync("-c", "Release"),
            await project.PublishAsync("-p:ServerlessAssetsUploadOn=None"),
            await project.PublishAsync("-p:ServerlessAssetsEnabled=false"),
            await project.PublishAsync("-p:IsPublishable=false"),
            await project.BuildAsync("-p:ServerlessAssetsUploadOn=Build", "-p:ServerlessAssetsEnabled=false"),
            await project.BuildAsync("-p:ServerlessAssetsUploadOn=Build", "-p:DesignTimeBuild=true", "-t:Build"),
        ];

        Assert.All(results, result => Assert.Empty(result.Succeeded().Tasks));
        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.False(File.Exists(project.ManifestPath));

        Assert.Equal(OneUpload, (await project.PublishAsync("--no-build")).Succeeded().Tasks);
        Assert.Equal(["/a.txt"], Manifest.Read(project.ManifestPath).Paths);
    }

    [Fact]
    public async Task Upload_on_build_uploads_once_in_a_build_and_in_a_publish_but_not_in_a_pack()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).Property("ServerlessAssetsUploadOn", "Build").File("assets/a.txt", "a");

        Assert.Equal(OneUpload, (await project.BuildAsync()).Succeeded().Tasks);
        Assert.Equal(OneUpload, (await project.PublishAsync()).Succeeded().Tasks);
        Assert.Empty((await project.PackAsync()).Succeeded().Tasks);
        Assert.Equal(1, await emulator.CountVersionsAsync());
    }

    [Fact]
    public async Task A_build_for_several_frameworks_uploads_once()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("TargetFramework", "")
            .Property("TargetFrameworks", "net10.0;net10.0-windows")
            .Property("EnableWindowsTargeting", "true")
            .Property("DisableTransitiveFrameworkReferenceDownloads", "true") // so that the second one needs no package
            .Property("ServerlessAssetsUploadOn", "Build")
            .File("assets/a.txt", "a");

        Assert.Equal(OneUpload, (await project.BuildAsync()).Succeeded().Tasks);
        Assert.Equal(["/a.txt"], Manifest.Read(project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json")).Paths);
    }

    [Fact]
    public async Task Clean_removes_the_manifest_but_what_was_uploaded_is_remembered()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");
        (await project.PublishAsync()).Succeeded();
        project.File("assets/a.txt", "changed");
        (await project.PublishAsync()).Succeeded();
        Assert.True(File.Exists(project.ManifestPath + ".previous"));

        Assert.Empty((await project.CleanAsync("-c", "Release")).Succeeded().Tasks);

        Assert.False(File.Exists(project.ManifestPath));
        Assert.False(File.Exists(project.ManifestPath + ".previous"));
        await emulator.TakeRequestsAsync();
        (await project.PublishAsync()).Succeeded();
        Assert.Equal(["Service.Fetch 1"], await emulator.TakeRequestsAsync());
        Assert.Equal(["/a.txt"], Manifest.Read(project.ManifestPath).Paths);
    }
}
