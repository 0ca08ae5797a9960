namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// <c>-mt</c>: several concurrent projects in one process, whose current directory belongs to none of them.
/// </summary>
public sealed class MultithreadedBuildTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task Two_projects_upload_in_one_process_from_a_folder_that_is_neither()
    {
        var emulator = await StartEmulatorAsync();
        var one = ToService(NewProject("One"), emulator)
            .Property("ServerlessAssetsStatePath", "state")
            .Property("ServerlessAssetsManifestPath", "out/manifest.json")
            .ItemInclude("ServerlessAssetFolder", "web")
            .File("web/1.txt", "one");
        var two = ToService(one.Beside("Two"), emulator)
            .Property("ServerlessAssetsGenerateConstants", "true")
            .ItemInclude("ServerlessAsset", "files/*.txt")
            .File("files/2.txt", "two");
        // What a task that took relative paths from the current directory would find.
        Directory.CreateDirectory(Path.Combine(one.Root, "web"));
        File.WriteAllText(Path.Combine(one.Root, "web", "1.txt"), "wrong");

        var result = (
            await new ConsumerSolution(one, two).BuildAsync("-mt", "-p:ServerlessAssetsUploadOn=Build")
        ).Succeeded();

        Assert.Equal(
            [
                "One CollectServerlessAssets 1",
                "One UploadServerlessAssets 1",
                "Two CollectServerlessAssets 1",
                "Two GenerateServerlessAssetConstants 1",
                "Two UploadServerlessAssets 1",
            ],
            result.TasksByProject
        );
        Assert.Empty(result.TasksInTaskHost);
        var first = Assert.Single(ConsumerManifest.Read(one.PathOf("out/manifest.json")).Assets);
        Assert.Equal(
            ("/1.txt", "web/1.txt", "one"),
            (first.Path, first.File, await emulator.GetTextAsync(first.AssetVersionSid))
        );
        var second = Assert.Single(
            ConsumerManifest.Read(two.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json")).Assets
        );
        Assert.Equal(
            ("/2.txt", "files/2.txt", "two"),
            (second.Path, second.File, await emulator.GetTextAsync(second.AssetVersionSid))
        );
        Assert.True(File.Exists(one.PathOf("state/uploads.journal")));
        Assert.True(File.Exists(two.PathOf("obj/serverless-assets/uploads.journal")));
        Assert.Equal(
            ["One", "Two", "web"],
            Directory.GetDirectories(one.Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_emulator_of_each_project_starts_and_ends_with_the_build()
    {
        var one = NewProject("One")
            .Property("ServerlessAssetsEmulator", "true")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("assets/1.txt", "one");
        var two = one.Beside("Two")
            .Property("ServerlessAssetsEmulator", "true")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("assets/2.txt", "two");

        var result = (await new ConsumerSolution(one, two).PublishAsync("-mt")).Succeeded();

        Assert.Empty(result.TasksInTaskHost);
        foreach (var (project, path, text) in new[] { (one, "/1.txt", "one"), (two, "/2.txt", "two") })
        {
            Assert.False(File.Exists(project.PathOf("obj/serverless-assets/emulator/emulator.json")));
            await using var emulator = await TestEmulator.OpenAsync(project.PathOf("obj/serverless-assets/emulator"));
            Assert.Equal([project.Name.ToLowerInvariant()], await emulator.GetServiceNamesAsync());
            Assert.Equal($"200 {text}", await emulator.VisitAsync((await emulator.GetLiveAsync()).Domain, path));
        }
    }
}
