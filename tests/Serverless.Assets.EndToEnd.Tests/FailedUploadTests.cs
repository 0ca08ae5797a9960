using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

public sealed class FailedUploadTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task A_file_that_fails_fails_the_build_leaves_no_manifest_and_is_all_that_the_next_run_sends()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b")
            .File("assets/c.txt", "c");
        (await project.PublishAsync()).Succeeded();
        var previous = File.ReadAllBytes(project.ManifestPath);

        project.File("assets/a.txt", "a changed").File("assets/b.txt", "b changed");
        emulator.Faults = new EmulatorFaults { RejectPathContains = "/b", RejectStatus = 403 };
        var failed = (await project.PublishAsync("--no-build")).Failed();

        var error = Assert.Single(failed.Errors);
        Assert.Equal(("SAB3006", project.PathOf("assets/b.txt"), 1), (error.Code, error.File, error.Line));
        Assert.Matches(
            "^'assets/b.txt' was not uploaded: Forbidden \\(HTTP 403, Twilio code 20403, request RQ[0-9a-f]{32}; AssetVersion.Create of .*/b.txt",
            error.Text
        );
        Assert.Empty(failed.Warnings);
        Assert.False(File.Exists(project.ManifestPath));
        Assert.Equal(previous, File.ReadAllBytes(project.ManifestPath + ".previous"));

        emulator.Faults = new EmulatorFaults();
        await emulator.TakeRequestsAsync();
        (await project.PublishAsync("--no-build")).Succeeded();

        Assert.Equal(["AssetVersion.Create 1", "Service.Fetch 1"], await emulator.TakeRequestsAsync());
        var manifest = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal(["/a.txt", "/b.txt", "/c.txt"], manifest.Paths);
        Assert.Equal("a changed", await emulator.GetTextAsync(manifest.AssetVersions[0]));
        Assert.Equal("b changed", await emulator.GetTextAsync(manifest.AssetVersions[1]));
    }

    /// <summary>One request in five goes wrong in some way, and only two at a time are taken.</summary>
    [Fact]
    public async Task A_service_that_stumbles_fails_nothing()
    {
        var emulator = await StartEmulatorAsync();
        emulator.Faults = new EmulatorFaults
        {
            Seed = 1,
            Rate500 = 0.04,
            Rate503Html = 0.04,
            RateReset = 0.04,
            RateResetAfterWork = 0.04,
            RateTruncated = 0.02,
            RateBrokenJson = 0.02,
            AllowedConcurrency = 2,
        };
        var project = NewProject(emulator);
        var paths = Enumerable.Range(100, 20).Select(number => $"/{number}.txt").ToArray();
        foreach (var path in paths)
        {
            project.File("assets" + path, path);
        }

        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();

        emulator.Faults = new EmulatorFaults();
        var manifest = ConsumerManifest.Read(project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json"));
        Assert.Equal(paths, manifest.Paths);
        foreach (var asset in manifest.Assets)
        {
            Assert.Equal(asset.Path, await emulator.GetTextAsync(asset.AssetVersionSid));
        }
    }
}
