using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Several projects in one build, to one Service.</summary>
public sealed class SolutionTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] OneUploadEach =
    [
        "One CollectServerlessAssets 1",
        "One UploadServerlessAssets 1",
        "Two CollectServerlessAssets 1",
        "Two UploadServerlessAssets 1",
    ];

    [Theory]
    [InlineData("-m:1")]
    [InlineData("-m:2")]
    [InlineData("-m:2", "-graph")]
    [InlineData("-mt")]
    public async Task Each_project_uploads_once_without_duplicate_Assets(params string[] how)
    {
        const int Own = 60;
        const int Shared = 30;
        const int Allowed = 20;
        var emulator = await StartEmulatorAsync();
        var one = ToService(NewProject("One"), emulator);
        var two = ToService(one.Beside("Two"), emulator);
        var others = one.Beside("Others").WithoutPackage();
        foreach (var project in new[] { one, two })
        {
            for (var i = 0; i < Own; i++)
            {
                project.File($"assets/{project.Name}/{i}.txt", $"{project.Name} {i}");
            }

            for (var i = 0; i < Shared; i++)
            {
                project.File($"assets/shared/{i}.txt", $"shared {i}");
            }
        }

        emulator.Faults = new EmulatorFaults { AllowedConcurrency = Allowed, LatencyMs = 20 };
        var solution = new ConsumerSolution(one, two, others);
        var result = (await solution.PublishAsync(how)).Succeeded();

        Assert.Equal(OneUploadEach, result.TasksByProject);
        var requests = await emulator.CountAllRequestsAsync();
        var refused = (await emulator.CountFaultsAsync()).GetValueOrDefault("429");
        Assert.True(refused < requests / 4, $"{refused} of {requests} requests were over the limit");
        Assert.DoesNotContain(
            await emulator.TakeRequestsAsync(),
            request => request.StartsWith("Asset.Delete", StringComparison.Ordinal)
        ); // no duplicates had to be deleted
        var assets = await emulator.GetAssetsAsync("site");
        Assert.Equal((2 * Own) + Shared, assets.Count);
        Assert.Equal(assets.Count, assets.Values.Distinct(StringComparer.Ordinal).Count());
        foreach (var project in new[] { one, two })
        {
            var manifest = ConsumerManifest.Read(project.ManifestPath);
            Assert.Equal(Own + Shared, manifest.Assets.Count);
            Assert.All(manifest.Assets, asset => Assert.Equal(asset.Path, assets[asset.AssetSid]));
            foreach (var asset in manifest.Assets)
            {
                Assert.Equal(
                    File.ReadAllText(project.PathOf(asset.File)),
                    await emulator.GetTextAsync(asset.AssetVersionSid)
                );
            }
        }

        // Again: one question for the Service each, and nothing else.
        await emulator.TakeRequestsAsync();
        Assert.Equal(OneUploadEach, (await solution.PublishAsync(["--no-build", .. how])).Succeeded().TasksByProject);
        Assert.Equal(["Service.Fetch 2"], await emulator.TakeRequestsAsync());
    }

    /// <summary>
    /// Publishing builds, and building a project builds what it references, in each of its frameworks.
    /// </summary>
    [Theory]
    [InlineData("-m:2")]
    [InlineData("-m:2", "-graph")]
    public async Task Upload_on_build_uploads_once_each_when_a_publish_builds_what_is_referenced(params string[] how)
    {
        var emulator = await StartEmulatorAsync();
        var web = ToService(NewProject("Web"), emulator)
            .File("assets/web.txt", "web")
            .ItemInclude("ProjectReference", "../Library/Library.csproj")
            .ItemInclude("ProjectReference", "../Multi/Multi.csproj");
        var library = ToService(web.Beside("Library"), emulator).File("assets/library.txt", "library");
        var multi = ToService(web.Beside("Multi"), emulator)
            .File("assets/multi.txt", "multi")
            .Property("TargetFramework", "")
            .Property("TargetFrameworks", "net10.0;net10.0-windows")
            .Property("EnableWindowsTargeting", "true")
            .Property("DisableTransitiveFrameworkReferenceDownloads", "true"); // so that the second one needs no package
        string[] once =
        [
            "Library CollectServerlessAssets 1",
            "Library UploadServerlessAssets 1",
            "Multi CollectServerlessAssets 1",
            "Multi UploadServerlessAssets 1",
            "Web CollectServerlessAssets 1",
            "Web UploadServerlessAssets 1",
        ];
        var solution = new ConsumerSolution(web, library, multi);
        library.Save();
        multi.Save();

        Assert.Equal(
            once,
            (await web.MSBuildAsync("Publish", ["-p:ServerlessAssetsUploadOn=Build", .. how]))
                .Succeeded()
                .TasksByProject
        );
        Assert.Equal(3, await emulator.CountVersionsAsync());
        Assert.Equal(
            once,
            (await web.PublishAsync(["-p:ServerlessAssetsUploadOn=Build", .. how])).Succeeded().TasksByProject
        );
        Assert.Equal(
            once,
            (await solution.BuildAsync(["-p:ServerlessAssetsUploadOn=Build", .. how])).Succeeded().TasksByProject
        );
        Assert.Equal(3, await emulator.CountVersionsAsync());
    }

    /// <summary>
    /// One signal to the first process, as a CI system's time limit sends it: the other processes lose their link to
    /// it.
    /// </summary>
    [Fact]
    public async Task A_terminated_build_in_several_processes_leaves_no_manifest_and_the_next_sends_the_rest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such signal there.");
        var emulator = await StartEmulatorAsync();
        var one = ToService(NewProject("One"), emulator).File("assets/1.txt", "one");
        var two = ToService(one.Beside("Two"), emulator).File("assets/2.txt", "two");
        var solution = new ConsumerSolution(one, two);
        (await solution.PublishAsync("-m:2")).Succeeded();
        one.File("assets/1.txt", "one changed");
        two.File("assets/2.txt", "two changed");
        await emulator.TakeRequestsAsync();
        emulator.Faults = new EmulatorFaults { BandwidthBytesPerSecond = 1 }; // an upload takes minutes

        using var build = solution.StartPublish("--no-build", "-m:2");
        await emulator.WaitForUploadsAsync(2, build.Exited);
        Assert.Equal(143, (await build.EndAsync("TERM")).ExitCode); // one of the two uploads is in the process that the signal ends

        Assert.False(File.Exists(one.ManifestPath));
        Assert.False(File.Exists(two.ManifestPath));
        emulator.Faults = new EmulatorFaults();
        (await solution.PublishAsync("--no-build", "-m:2")).Succeeded();
        Assert.Equal(
            "one changed",
            await emulator.GetTextAsync(ConsumerManifest.Read(one.ManifestPath).AssetVersions[0])
        );
        Assert.Equal(
            "two changed",
            await emulator.GetTextAsync(ConsumerManifest.Read(two.ManifestPath).AssetVersions[0])
        );
    }
}
