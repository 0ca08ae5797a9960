namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>A project that uploads its own folder: what it builds does not become public, wherever it is built to.</summary>
public sealed class OutputFolderTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] Expected = ["/assets/index.html", "/index.html", "/sub/page.html"];

    [Fact]
    public async Task Of_the_artifacts_layout()
    {
        var project = Site(await StartEmulatorAsync())
            .File(
                "Directory.Build.props",
                "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>"
            );

        await PublishTwiceAsync(project, "artifacts/bin/Site/release/serverless-assets.manifest.json");

        Assert.True(Directory.Exists(project.PathOf("artifacts/publish/Site/release")));
    }

    [Fact]
    public async Task Of_custom_paths()
    {
        var project = Site(await StartEmulatorAsync())
            .File(
                "Directory.Build.props",
                "<Project><PropertyGroup><BaseIntermediateOutputPath>temp/obj/</BaseIntermediateOutputPath></PropertyGroup></Project>"
            )
            .Property("OutputPath", "build/out/")
            .Property("AppendTargetFrameworkToOutputPath", "false")
            .Property("PublishDir", "dist/")
            .Property("ServerlessAssetsManifestPath", "meta/m.json")
            .Property("ServerlessAssetsStatePath", "meta/state")
            .Property("ServerlessAssetsReportPath", "report.html");

        await PublishTwiceAsync(project, "meta/m.json");

        Assert.True(File.Exists(project.PathOf("report.html")));
        Assert.True(File.Exists(project.PathOf("dist/Site.dll")));
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("sub/out/")]
    public async Task Of_a_publish_to_a_folder_on_the_command_line_and_of_those_after_it(string folder)
    {
        var project = Site(await StartEmulatorAsync());

        await PublishTwiceAsync(project, "bin/Release/net10.0/serverless-assets.manifest.json", "-o", folder);
        Assert.True(File.Exists(project.PathOf($"{folder.TrimEnd('/')}/Site.dll")));

        // Nothing tells this build about the folder of the last, but its contents do.
        project.File("index.html", "changed");
        (await project.PublishAsync()).Succeeded();
        Assert.Equal(Expected, ConsumerManifest.Read(project.ManifestPath).Paths);
    }

    [Fact]
    public async Task Two_projects_with_the_same_output_folder_do_not_replace_each_others_manifest()
    {
        var emulator = await StartEmulatorAsync();
        var site = NewProject(emulator).Property("OutDir", "../out/").File("assets/site.html", "site");
        var docs = ToService(site.Beside("Docs"), emulator)
            .Property("OutDir", "../out/")
            .File("assets/docs.html", "docs");
        var manifest = site.PathOf("../out/serverless-assets.manifest.json");
        (await site.PublishAsync()).Succeeded();
        await emulator.TakeRequestsAsync();

        var build = (await docs.PublishAsync()).Failed();

        Assert.Equal(["SAB5015"], build.Errors.Select(error => error.Code));
        Assert.Equal(["/site.html"], ConsumerManifest.Read(manifest).Paths);
        Assert.Empty(await emulator.TakeRequestsAsync());

        (await docs.PublishAsync("-p:ServerlessAssetsManifestPath=../out/docs.json")).Succeeded();
        (await site.PublishAsync()).Succeeded();
        Assert.Equal(["/site.html"], ConsumerManifest.Read(manifest).Paths);
        Assert.Equal(["/docs.html"], ConsumerManifest.Read(site.PathOf("../out/docs.json")).Paths);
    }

    [Fact]
    public async Task Of_items_with_a_glob()
    {
        var project = ToService(NewProject(), await StartEmulatorAsync())
            .ItemInclude("ServerlessAsset", "**/*.dll;**/*.pdb;**/*.json;**/*.html")
            .File("index.html", "first")
            .File("sub/page.html", "page");

        await PublishTwiceAsync(project, "bin/Release/net10.0/serverless-assets.manifest.json", "-o", "publish");
    }

    private ConsumerProject Site(TestEmulator emulator) =>
        NewProject(emulator)
            .ItemInclude("ServerlessAssetFolder", ".", ("ExcludePatterns", "*.{csproj,props}"))
            .File("index.html", "first")
            .File("sub/page.html", "page");

    /// <summary>The second time, the outputs of the first exist when the files are listed.</summary>
    private static async Task PublishTwiceAsync(ConsumerProject project, string manifest, params string[] arguments)
    {
        (await project.PublishAsync(arguments)).Succeeded();
        project.File("index.html", "second");
        (await project.PublishAsync(arguments)).Succeeded();
        Assert.Equal(Expected, ConsumerManifest.Read(project.PathOf(manifest)).Paths);
    }
}
