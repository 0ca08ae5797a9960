namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Change something, build, count the requests.</summary>
public sealed class ChangeTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] OnlyTheService = ["Service.Fetch 1"];

    [Fact]
    public async Task Only_what_changed_is_sent()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b")
            .File("assets/c.txt", "c");

        (await project.PublishAsync()).Succeeded();
        Assert.Equal(
            ["Asset.Create 3", "Asset.List 1", "AssetVersion.Create 3", "Service.Create 1", "Service.Fetch 1"],
            await emulator.TakeRequestsAsync()
        );
        var before = ConsumerManifest.Read(project.ManifestPath);

        project.File("assets/b.txt", "changed");
        (await project.PublishAsync()).Succeeded();
        Assert.Equal(["AssetVersion.Create 1", "Service.Fetch 1"], await emulator.TakeRequestsAsync());
        var after = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal([false, true, false], before.AssetVersions.Zip(after.AssetVersions, (old, now) => old != now));
        Assert.Equal(before.Assets.Select(asset => asset.AssetSid), after.Assets.Select(asset => asset.AssetSid));
        Assert.Equal("changed", await emulator.GetTextAsync(after.AssetVersions[1]));
    }

    [Fact]
    public async Task Each_kind_of_change_sends_what_it_must()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b")
            .File("assets/c.txt", "c");
        var manifest = project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json");

        async Task<string[]> UploadAsync(params string[] arguments)
        {
            (await project.MSBuildAsync("UploadServerlessAssets", arguments)).Succeeded();
            return await emulator.TakeRequestsAsync();
        }

        await UploadAsync();
        Assert.Equal(OnlyTheService, await UploadAsync());

        File.SetLastWriteTimeUtc(project.PathOf("assets/a.txt"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(OnlyTheService, await UploadAsync());

        File.Move(project.PathOf("assets/c.txt"), project.PathOf("assets/d.txt"));
        Assert.Equal(
            ["Asset.Create 1", "Asset.List 2", "AssetVersion.Create 1", "Service.Fetch 1"],
            await UploadAsync()
        );
        Assert.Equal(["/a.txt", "/b.txt", "/d.txt"], ConsumerManifest.Read(manifest).Paths);

        File.Delete(project.PathOf("assets/d.txt"));
        Assert.Equal(OnlyTheService, await UploadAsync());
        Assert.Equal(["/a.txt", "/b.txt"], ConsumerManifest.Read(manifest).Paths);

        // Another visibility or content type is another version of the same Asset.
        project.ItemInclude("ServerlessAssetFolder", "assets", ("Visibility", "protected"));
        Assert.Equal(["AssetVersion.Create 2", "Service.Fetch 1"], await UploadAsync());
        Assert.Equal(
            ["protected", "protected"],
            ConsumerManifest.Read(manifest).Assets.Select(asset => asset.Visibility)
        );

        // Another Service has nothing yet; back to the first one everything is remembered.
        await UploadAsync("-p:ServerlessAssetsServiceName=other");
        Assert.Equal(OnlyTheService, await UploadAsync());
    }
}
