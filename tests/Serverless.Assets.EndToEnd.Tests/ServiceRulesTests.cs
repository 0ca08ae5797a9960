namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>A project whose folders go to several Services: <c>ServerlessAssetsServiceRules</c>.</summary>
public sealed class ServiceRulesTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] Services = ["site", "my-audio", "my-images"];

    [Fact]
    public async Task One_publish_deploys_each_folder_to_the_site_of_its_Service()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("ServerlessAssetsServiceRules", "/audio/=my-audio;\n/images/=my-images;")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .Property("ServerlessAssetsVerify", "true")
            .File("assets/index.html", "page")
            .File("assets/audio/a.mp3", "audio")
            .File("assets/images/b.svg", "image")
            .Element(
                """<Target Name="Use" AfterTargets="DeployServerlessAssets"><WriteLinesToFile File="outputs.txt" Lines="$(ServerlessAssetsDomain);@(ServerlessAssetSite->'%(Service) %(Identity) %(BuildSid)')" Overwrite="true" /></Target>"""
            );

        var result = (await project.PublishAsync()).Succeeded();

        Assert.Empty(result.Warnings);
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["CollectServerlessAssets"] = 1,
                ["UploadServerlessAssets"] = 1,
                ["BuildServerlessAssets"] = 1,
                ["DeployServerlessAssets"] = 1,
            },
            result.Tasks
        );
        var sites = new List<(string Domain, string Build)>();
        foreach (var service in Services)
        {
            var site = (await emulator.FindEnvironmentAsync(service, "dev"))!.Value;
            sites.Add((site.Text("domain_name")!, site.Text("build_sid")!));
        }

        string[] paths = ["/index.html", "/audio/a.mp3", "/images/b.svg"];
        string[] contents = ["page", "audio", "image"];
        for (var site = 0; site < sites.Count; site++)
        {
            for (var path = 0; path < paths.Length; path++)
            {
                Assert.StartsWith(
                    site == path ? $"200 {contents[path]}" : "404 ",
                    await emulator.VisitAsync(sites[site].Domain, paths[path]),
                    StringComparison.Ordinal
                );
            }
        }

        var start = await emulator.VisitAsync(sites[0].Domain, "/");
        Assert.Equal("200 page", start);
        var outputs = await File.ReadAllLinesAsync(project.PathOf("outputs.txt"), Token);
        Assert.Equal(
            [sites[0].Domain, .. Services.Zip(sites, (name, site) => $"{name} {site.Domain} {site.Build}")],
            outputs
        );
        Assert.Equal(["/assets/index.html", "/index.html"], ReadManifest(project.ManifestPath).Paths);
        Assert.Equal(["/audio/a.mp3"], ReadManifest(PartOf(project, "manifest", "my-audio")).Paths);
        Assert.Equal(["/images/b.svg"], ReadManifest(PartOf(project, "manifest", "my-images")).Paths);
        Assert.Contains("Serverless assets: 3 Services: 3 deployed", result.OwnMessages, StringComparer.Ordinal);

        await emulator.ResetStatsAsync();
        var again = (await project.PublishAsync("--no-build")).Succeeded();

        Assert.Contains(
            "Serverless assets: Nothing changed: 4 files already uploaded to 3 Services",
            again.OwnMessages
        );
        var requests = await emulator.TakeRequestsAsync();
        Assert.DoesNotContain(requests, request => request.Contains(".Create ", StringComparison.Ordinal));

        // Only the changed part gets another Build, also if another step builds and deploys the manifests.
        project.File("assets/audio/a.mp3", "other audio");
        (await project.PublishAsync("--no-build", "-p:ServerlessAssetsDeployOn=None")).Succeeded();
        (
            await project.MSBuildAsync(
                "DeployServerlessAssets",
                "-p:Configuration=Release",
                "-p:ServerlessAssetsUseManifest=true"
            )
        ).Succeeded();

        Assert.Equal("200 other audio", await emulator.VisitAsync(sites[1].Domain, "/audio/a.mp3"));
        Assert.Contains("Build.Create 1", await emulator.TakeRequestsAsync());

        (await project.CleanAsync("-c", "Release")).Succeeded();
        Assert.False(File.Exists(PartOf(project, "manifest", "my-audio")));
        Assert.False(File.Exists(PartOf(project, "deployment", "my-images")));
    }

    [Fact]
    public async Task A_folder_without_files_is_a_warning_and_its_Service_is_left_out()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("ServerlessAssetsServiceRules", "/audio/=my-audio;/images/=my-images")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("assets/audio/a.mp3", "audio");

        var result = await project.PublishAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["SAB2024"], result.Warnings.Select(warning => warning.Code));
        Assert.Equal(["my-audio"], await emulator.GetServiceNamesAsync());
        Assert.Contains("Serverless assets: 1 Service: 1 deployed", result.OwnMessages, StringComparer.Ordinal);
    }

    private static ConsumerManifest ReadManifest(string path) => ConsumerManifest.Read(path);

    private static string PartOf(ConsumerProject project, string kind, string service) =>
        Path.Combine(Path.GetDirectoryName(project.ManifestPath)!, $"serverless-assets.{kind}.{service}.json");
}
