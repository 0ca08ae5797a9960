namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>A project's assets are its own: who references it uploads them only when asked to.</summary>
public sealed class ReferenceTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task A_consumer_uploads_nothing_of_what_it_references()
    {
        var emulator = await StartEmulatorAsync();
        var app = ToService(NewProject("App"), emulator)
            .File("assets/app.txt", "app")
            .ItemInclude("ProjectReference", "../Library/Library.csproj");
        // Without PrivateAssets, a package's build files could flow to referencing projects.
        var library = ToService(app.Beside("Library"), emulator)
            .WithoutPackage()
            .File("assets/library.txt", "library")
            .ItemInclude("PackageReference", "Serverless.Assets.Build", ("Version", Feed.Version));
        var bare = app.Beside("Bare")
            .WithoutPackage()
            .File("assets/bare.txt", "bare")
            .ItemInclude("ProjectReference", "../Library/Library.csproj");
        library.Save();

        Assert.Equal(
            ["App CollectServerlessAssets 1", "App UploadServerlessAssets 1"],
            (await app.PublishAsync()).Succeeded().TasksByProject
        );
        Assert.Equal(["/app.txt"], ConsumerManifest.Read(app.ManifestPath).Paths);
        Assert.Empty((await bare.PublishAsync()).Succeeded().TasksByProject);
        Assert.Equal(1, await emulator.CountVersionsAsync());
    }

    [Theory]
    [InlineData]
    [InlineData("-graph", "-m:2")]
    public async Task A_project_can_upload_the_assets_of_its_project_references(params string[] how)
    {
        var emulator = await StartEmulatorAsync();
        var app = ToService(NewProject("App"), emulator)
            .File("assets/app.txt", "app")
            .Property("ServerlessAssetsAllow", "demo.pem")
            .ItemInclude("ProjectReference", "../Library/Library.csproj", ("ServerlessAssets", "true"))
            .ItemInclude("ProjectReference", "../Multi/Multi.csproj", ("ServerlessAssets", "true"))
            .ItemInclude("ProjectReference", "../Unasked/Unasked.csproj");
        var library = app.Beside("Library")
            .File("web/names.private.json", "[]")
            .File("web/demo.pem", "pem")
            .File("other/x.txt", "x")
            .ItemInclude("ServerlessAssetFolder", "web", ("PathPrefix", "/library"))
            .ItemInclude(
                "ServerlessAsset",
                "other/x.txt",
                ("AssetPath", "/x"),
                ("ContentType", "text/x"),
                ("Visibility", "protected")
            )
            .ItemInclude("ProjectReference", "../Deep/Deep.csproj", ("ServerlessAssets", "true"));
        app.Beside("Deep").File("static/deep.txt", "deep").Save();
        app.Beside("Unasked").File("assets/unasked.txt", "unasked").Save();
        app.Beside("Multi")
            .File("assets/.hidden", "hidden")
            .File("assets/multi.css", "multi")
            .ItemInclude("ServerlessAssetFolder", "assets", ("Patterns", "**/*;.hidden"))
            .Property("TargetFramework", "")
            .Property("TargetFrameworks", "net10.0;net10.0-windows")
            .Property("EnableWindowsTargeting", "true")
            .Property("DisableTransitiveFrameworkReferenceDownloads", "true")
            .Save();
        library.Save();

        (await app.PublishAsync(how)).Succeeded();

        var manifest = ConsumerManifest.Read(app.ManifestPath);
        Assert.Equal(
            [
                "/.hidden public ../Multi/assets/.hidden application/octet-stream",
                "/app.txt public assets/app.txt text/plain; charset=utf-8",
                "/deep.txt public ../Deep/static/deep.txt text/plain; charset=utf-8",
                "/library/demo.pem public ../Library/web/demo.pem application/x-x509-ca-cert",
                "/library/names.json private ../Library/web/names.private.json application/json",
                "/multi.css public ../Multi/assets/multi.css text/css; charset=utf-8",
                "/x protected ../Library/other/x.txt text/x",
            ],
            manifest.Assets.Select(asset => $"{asset.Path} {asset.Visibility} {asset.File} {asset.ContentType}")
        );
        Assert.Equal("multi", await emulator.GetTextAsync(manifest.AssetVersions[5]));
    }

    [Fact]
    public async Task The_uploading_project_reports_path_conflicts_and_secrets_of_its_references()
    {
        var app = NewProject("App")
            .File("assets/a.txt", "app")
            .ItemInclude("ProjectReference", "../Library/Library.csproj", ("ServerlessAssets", "true"));
        app.Beside("Library")
            .File("assets/a.txt", "library")
            .File("assets/key.pem", "pem")
            .Property("ServerlessAssetsAllow", "key.pem")
            .Save();

        var result = (await app.MSBuildAsync("CollectServerlessAssets")).Failed();

        Assert.Equal(["SAB2010", "SAB2015"], result.Errors.Select(error => error.Code).Order(StringComparer.Ordinal));
        Assert.Contains(
            "'../Library/assets/a.txt'",
            result.Errors.Single(error => error.Code == "SAB2010").Text,
            StringComparison.Ordinal
        );
    }
}
