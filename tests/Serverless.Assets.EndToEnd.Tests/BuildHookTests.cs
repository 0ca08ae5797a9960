namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Uploads with <c>dotnet build</c>, for those who ask for it.</summary>
public sealed class BuildHookTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly Dictionary<string, int> OneUpload = new()
    {
        ["CollectServerlessAssets"] = 1,
        ["UploadServerlessAssets"] = 1,
    };

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

    [Theory]
    [InlineData("net10.0;net10.0-windows")]
    [InlineData("\n ;net10.0 ;\n net10.0-windows;")]
    public async Task A_build_for_several_frameworks_uploads_once(string frameworks)
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("TargetFramework", "")
            .Property("TargetFrameworks", frameworks)
            .Property("EnableWindowsTargeting", "true")
            .Property("DisableTransitiveFrameworkReferenceDownloads", "true") // so that the second one needs no package
            .Property("ServerlessAssetsUploadOn", "Build")
            .File("assets/a.txt", "a");

        Assert.Equal(OneUpload, (await project.BuildAsync()).Succeeded().Tasks);
        Assert.Equal(
            ["/a.txt"],
            ConsumerManifest.Read(project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json")).Paths
        );

        // A target called by name runs once in the outer build.
        await emulator.TakeRequestsAsync();
        var asked = (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        Assert.Equal(OneUpload, asked.Tasks);
        Assert.Equal(["Service.Fetch 1"], await emulator.TakeRequestsAsync());
    }
}
