namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Targets that a user or a pipeline calls by name.</summary>
public sealed class TargetTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task Uploaded_Asset_Versions_are_available_to_later_targets_of_the_same_build()
    {
        const string Metadata =
            "%(AssetPath)|%(Visibility)|%(AssetSid)|%(ContentType)|%(Sha256)|%(Size)|%(SourceFile)|%(Status)";
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .File("logo.svg", "<svg/>")
            .File("assets/a.txt", "a")
            .ItemInclude("ServerlessAsset", "logo.svg", ("AssetPath", "/l.svg"), ("Visibility", "private"))
            .ItemInclude("ServerlessAssetFolder", "assets", ("PathPrefix", "/files"))
            .Element(
                $"""<Target Name="Use" DependsOnTargets="UploadServerlessAssets"><WriteLinesToFile File="versions.txt" Lines="@(ServerlessAssetVersion->'%(Identity)|{Metadata}')" Overwrite="true" /></Target>"""
            );

        (await project.MSBuildAsync("Use")).Succeeded();

        var manifest = ConsumerManifest.Read(project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json"));
        Assert.Equal(["/files/a.txt", "/l.svg"], manifest.Paths);
        Assert.Equal(
            manifest.Assets.Select(asset =>
                string.Join(
                    '|',
                    asset.AssetVersionSid,
                    asset.Path,
                    asset.Visibility,
                    asset.AssetSid,
                    asset.ContentType,
                    asset.Sha256,
                    asset.Size,
                    project.PathOf(asset.File),
                    "Uploaded"
                )
            ),
            await File.ReadAllLinesAsync(project.PathOf("versions.txt"), Token)
        );
    }

    [Fact]
    public async Task Files_that_the_build_itself_makes_are_uploaded()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .ItemInclude("ServerlessAssetFolder", "generated")
            .Element(
                """<Target Name="Generate" BeforeTargets="Build"><WriteLinesToFile File="generated/made.txt" Lines="made" /></Target>"""
            );

        (await project.PublishAsync()).Succeeded();

        Assert.Equal(["/made.txt"], ConsumerManifest.Read(project.ManifestPath).Paths);
    }

    [Fact]
    public async Task A_collection_sends_nothing_and_needs_no_credentials()
    {
        var project = NewProject().File("assets/a.txt", "a");

        var result = (await project.MSBuildAsync("CollectServerlessAssets")).Succeeded();

        Assert.Equal(new Dictionary<string, int> { ["CollectServerlessAssets"] = 1 }, result.Tasks);
        Assert.Contains("assets/a.txt -> /a.txt (public, text/plain; charset=utf-8)", result.Messages);
    }

    [Fact]
    public async Task Without_credentials_a_build_that_does_not_require_them_goes_on_but_an_explicit_target_fails()
    {
        var project = NewProject()
            .Property("ServerlessAssetsServiceName", "site")
            .Property("ServerlessAssetsRequired", "false")
            .File("assets/a.txt", "a");

        var published = (await project.PublishAsync()).Succeeded();

        Assert.Equal(new Dictionary<string, int> { ["ProbeServerlessCredentials"] = 1 }, published.Tasks);
        Assert.Equal(
            2,
            published
                .Output.Split("skipped, because there are no credentials and ServerlessAssetsRequired is false")
                .Length
        );
        Assert.False(File.Exists(project.ManifestPath));

        var error = Assert.Single((await project.MSBuildAsync("UploadServerlessAssets")).Failed().Errors);
        Assert.Equal("SAB1001", error.Code);
        Assert.Contains("TWILIO_API_KEY", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_credentials_a_build_that_does_not_require_them_uploads()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).Property("ServerlessAssetsRequired", "false").File("assets/a.txt", "a");

        (await project.PublishAsync()).Succeeded();

        Assert.Equal(["/a.txt"], ConsumerManifest.Read(project.ManifestPath).Paths);
    }
}
