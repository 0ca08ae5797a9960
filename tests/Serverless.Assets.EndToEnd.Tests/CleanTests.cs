namespace Serverless.Assets.EndToEnd.Tests;

public sealed class CleanTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task Clean_removes_the_manifest_but_what_was_uploaded_is_remembered()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");
        var manifest = project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json");
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        project.File("assets/a.txt", "changed");
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        Assert.True(File.Exists(manifest + ".previous"));

        Assert.Empty((await project.CleanAsync()).Succeeded().Tasks);

        Assert.False(File.Exists(manifest));
        Assert.False(File.Exists(manifest + ".previous"));
        await emulator.TakeRequestsAsync();
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        Assert.Equal(["Service.Fetch 1"], await emulator.TakeRequestsAsync());
        Assert.Equal(["/a.txt"], ConsumerManifest.Read(manifest).Paths);

        (await project.CleanAsync("-p:ServerlessAssetsCleanState=true")).Succeeded();
        await emulator.TakeRequestsAsync();
        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();
        Assert.Contains("AssetVersion.Create 1", await emulator.TakeRequestsAsync());
    }

    [Theory]
    [InlineData("out/serverless-assets.manifest.json", "out/serverless-assets")]
    [InlineData("a b.json", "serverless-assets")]
    public async Task Clean_removes_the_manifest_and_its_records_wherever_they_are(string manifest, string stem)
    {
        var project = NewProject(await StartEmulatorAsync())
            .Property("ServerlessAssetsManifestPath", manifest)
            .File(manifest, "{}")
            .File($"{stem}.build.json", "{}")
            .File($"{stem}.deployment.json", "{}")
            .File($"{stem}.other.json", "{}");

        (await project.RunAsync("restore")).Succeeded();
        (await project.CleanAsync()).Succeeded();

        Assert.Equal(
            [false, false, false, true],
            new[] { manifest, $"{stem}.build.json", $"{stem}.deployment.json", $"{stem}.other.json" }.Select(file =>
                File.Exists(project.PathOf(file))
            )
        );
    }
}
