using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// ASP.NET Core projects and Razor class libraries: what a publish puts into wwwroot is what is uploaded.
/// </summary>
public sealed class WebProjectTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const string Library = """
        <Project Sdk="Microsoft.NET.Sdk.Razor">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
        </Project>
        """;

    private static readonly Dictionary<string, int> OneUpload = new()
    {
        ["CollectServerlessAssets"] = 1,
        ["UploadServerlessAssets"] = 1,
    };

    [Fact]
    public async Task The_published_wwwroot_goes_up_with_what_packages_and_libraries_bring()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewSite(emulator).Property("ServerlessAssetsDeployOn", "Publish");

        var published = (await project.PublishAsync()).Succeeded();

        Assert.Equal(
            new Dictionary<string, int>
            {
                ["CollectServerlessAssets"] = 1,
                ["UploadServerlessAssets"] = 1,
                ["BuildServerlessAssets"] = 1,
                ["DeployServerlessAssets"] = 1,
            },
            published.Tasks
        );
        var manifest = ConsumerManifest.Read(project.ManifestPath);
        string[] expected =
        [
            "/Site.styles.css",
            "/_content/Lib/Lib.*.bundle.scp.css",
            "/_content/Lib/lib.js",
            "/_content/Microsoft.AspNetCore.Components.QuickGrid/Microsoft.AspNetCore.Components.QuickGrid.*.bundle.scp.css",
            "/_content/Microsoft.AspNetCore.Components.QuickGrid/QuickGrid.razor.js",
            "/assets/index.html",
            "/css/site.css",
            "/data.gz",
            "/index.html",
        ];
        Assert.Equal(expected, Patterns(manifest.Paths));
        await AssertStoredAsync(project, manifest, emulator);
        Assert.True(File.Exists(project.PathOf("bin/Release/net10.0/publish/wwwroot/css/site.css.br")));
        Assert.Contains(
            "Serverless assets: published wwwroot: 8 files; additional paths: 0; skipped: ",
            published.Output,
            StringComparison.Ordinal
        );

        // The style sheet of the site leads on to those of the library and the package.
        var (domain, _) = await emulator.GetLiveAsync();
        foreach (
            var import in (await emulator.VisitAsync(domain, "/Site.styles.css"))
                .Split('\'')
                .Where(part => part.StartsWith("_content/", StringComparison.Ordinal))
        )
        {
            Assert.StartsWith("200 ", await emulator.VisitAsync(domain, "/" + import), StringComparison.Ordinal);
        }

        Assert.Equal("200 <a href='css/site.css'>", await emulator.VisitAsync(domain, "/"));

        // What an earlier publish left is not of the site.
        project.FileBeside("Lib/Hello.razor.css", "p { color: green }");
        (await project.PublishAsync()).Succeeded();
        Assert.Equal(
            2,
            Directory
                .GetFiles(project.PathOf("bin/Release/net10.0/publish/wwwroot/_content/Lib"), "*.bundle.scp.css")
                .Length
        );
        var second = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal(expected, Patterns(second.Paths));
        Assert.Contains(
            "color: green",
            await emulator.GetTextAsync(
                second
                    .Assets.Single(asset => asset.Path.StartsWith("/_content/Lib/Lib.", StringComparison.Ordinal))
                    .AssetVersionSid
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Fingerprinted_routes_are_uploaded_when_referenced_or_when_all_are_requested()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewWebProject(emulator)
            .File("wwwroot/index.html", "<a>")
            .File("wwwroot/css/site.css", "body { margin: 0 }")
            .File("wwwroot/js/app.js", "export const app = 1;");

        (await project.PublishAsync("-p:ServerlessAssetsFingerprintedPaths=All")).Succeeded();
        var all = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal(
            [
                "/assets/index.html",
                "/css/site.*.css",
                "/css/site.css",
                "/index.*.html",
                "/index.html",
                "/js/app.*.js",
                "/js/app.js",
            ],
            Patterns(all.Paths)
        );
        await AssertStoredAsync(project, all, emulator);

        var route = all.Paths.Single(path =>
            path.StartsWith("/css/site.", StringComparison.Ordinal) && path != "/css/site.css"
        );
        project.File("wwwroot/index.html", $"""<link rel="stylesheet" href="{route[1..]}">""");
        (await project.PublishAsync()).Succeeded();
        var referenced = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal(
            new[] { "/assets/index.html", route, "/css/site.css", "/index.html", "/js/app.js" }.Order(
                StringComparer.Ordinal
            ),
            referenced.Paths
        );
        await AssertStoredAsync(project, referenced, emulator);
    }

    [Fact]
    public async Task A_razor_class_library_is_published_by_itself_and_items_are_taken_too()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewWebProject(emulator)
            .Property("OutputType", "Library")
            .Property("ServerlessAssetsIncludeCompressed", "true")
            .File("Program.cs", "")
            .File("wwwroot/lib.js", "export const lib = 1;")
            .File("more/a.txt", "a")
            .File("assets/not-taken.txt", "-")
            .ItemInclude("ServerlessAssetFolder", "more", ("PathPrefix", "/more"));

        (await project.PublishAsync()).Succeeded();

        Assert.Equal(
            ["/lib.js", "/lib.js.br", "/lib.js.gz", "/more/a.txt"],
            ConsumerManifest.Read(project.ManifestPath).Paths
        );
    }

    [Fact]
    public async Task A_target_that_is_called_by_name_publishes_first_and_uploads_once()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewWebProject(emulator)
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("wwwroot/a.txt", "a");

        Assert.Equal(OneUpload, (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded().Tasks);
        Assert.Equal(
            ["/a.txt"],
            ConsumerManifest.Read(project.PathOf("bin/Debug/net10.0/serverless-assets.manifest.json")).Paths
        );

        Assert.Equal(
            new Dictionary<string, int> { ["CollectServerlessAssets"] = 1 },
            (await project.MSBuildAsync("CollectServerlessAssets", "-p:NoBuild=true")).Succeeded().Tasks
        );
        Assert.Empty((await project.BuildAsync()).Succeeded().Tasks);
        Assert.Equal(
            2,
            (await project.PublishAsync("-c", "Debug", "--no-build", "-p:ServerlessAssetsDeployOn=None"))
                .Succeeded()
                .Tasks.Count
        );
        Assert.Equal(1, await emulator.CountVersionsAsync());
    }

    [Fact]
    public async Task Of_several_frameworks_one_is_published_and_a_publish_elsewhere_is_taken_there()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewWebProject(emulator)
            .Property("TargetFramework", "")
            .Property("TargetFrameworks", "net10.0;net10.0-windows")
            .Property("EnableWindowsTargeting", "true")
            .Property("DisableTransitiveFrameworkReferenceDownloads", "true")
            .File("wwwroot/a.txt", "a");

        Assert.Equal(
            OneUpload,
            (await project.PublishAsync("-f", "net10.0", "-o", Path.Combine(project.Root, "out"))).Succeeded().Tasks
        );
        var asset = Assert.Single(ConsumerManifest.Read(project.ManifestPath).Assets);
        Assert.Equal(("/a.txt", "../out/wwwroot/a.txt"), (asset.Path, asset.File));

        Assert.Equal(OneUpload, (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded().Tasks);
        Assert.Equal(1, await emulator.CountVersionsAsync());
    }

    [Fact]
    public async Task Incompatible_settings_are_reported_before_compilation()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewWebProject(emulator).File("wwwroot/a.txt", "a");

        foreach (var hook in new[] { "-p:ServerlessAssetsUploadOn=Build", "-p:ServerlessAssetsDeployOn=Build" })
        {
            var error = Assert.Single((await project.BuildAsync(hook)).Failed().Errors);
            Assert.Equal("SAB1030", error.Code);
            Assert.Contains("set both to Publish or None.", error.Text, StringComparison.Ordinal);
        }

        var unpublished = await project.MSBuildAsync("UploadServerlessAssets", "-p:IsPublishable=false");
        Assert.Equal(["SAB1031"], unpublished.Failed().Errors.Select(error => error.Code));
        Assert.False(File.Exists(project.PathOf("bin/Debug/net10.0/Site.dll")));

        // Published, but without a wwwroot.
        Directory.Delete(project.PathOf("wwwroot"), recursive: true);
        Assert.Equal(["SAB2030"], (await project.PublishAsync()).Failed().Errors.Select(error => error.Code));
        Assert.Empty(await emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task Constants_are_those_of_the_projects_own_wwwroot_and_of_items()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewWebProject(emulator)
            .Property("ServerlessAssetsGenerateConstants", "true")
            .File("Program.cs", "System.Console.WriteLine(Site.Assets.Css.SiteCss + Site.Assets.More.ATxt);")
            .File("wwwroot/css/site.css", "body { margin: 0 }")
            .File("assets/not-taken.txt", "-")
            .File("more/a.txt", "a")
            .ItemInclude("ServerlessAssetFolder", "more", ("PathPrefix", "/more"));

        (await project.PublishAsync()).Succeeded();

        Assert.Equal(["/css/site.css", "/more/a.txt"], ConsumerManifest.Read(project.ManifestPath).Paths);
        var generated = await File.ReadAllTextAsync(project.PathOf("obj/Release/net10.0/ServerlessAssets.g.cs"), Token);
        Assert.Equal(2, generated.Split("public const string").Length - 1);
    }

    private ConsumerProject NewSite(TestEmulator emulator) =>
        NewWebProject(emulator)
            .ItemInclude("PackageReference", "Microsoft.AspNetCore.Components.QuickGrid", ("Version", "10.0.14"))
            .ItemInclude("ProjectReference", "../Lib/Lib.csproj")
            .File("wwwroot/index.html", "<a href='css/site.css'>")
            .File("wwwroot/css/site.css", "body { margin: 0 }")
            .File("wwwroot/data.gz", "a download, not a copy of anything")
            .FileBeside("Lib/Lib.csproj", Library)
            .FileBeside("Lib/Hello.razor", "<p>Hello</p>")
            .FileBeside("Lib/Hello.razor.css", "p { color: red }")
            .FileBeside("Lib/wwwroot/lib.js", "export const lib = 1;");

    /// <summary>With a star for what stands for the content.</summary>
    private static IEnumerable<string> Patterns(IEnumerable<string> paths) =>
        paths
            .Select(path => Regex.Replace(path, @"\.[a-z0-9]{10}\.(?=(bundle\.scp\.)?\w+$)", ".*."))
            .Order(StringComparer.Ordinal);

    /// <summary>What the emulator holds is what lies in the folder, byte for byte.</summary>
    private static async Task AssertStoredAsync(
        ConsumerProject project,
        ConsumerManifest manifest,
        TestEmulator emulator
    )
    {
        Assert.DoesNotContain(manifest.Paths, path => path.EndsWith(".br", StringComparison.Ordinal));
        foreach (var asset in manifest.Assets)
        {
            Assert.Equal(
                asset.Path,
                (await emulator.GetVersionAsync(asset.AssetVersionSid)).GetProperty("path").GetString()
            );
            Assert.Equal(
                await File.ReadAllBytesAsync(project.PathOf(asset.File), Token),
                await emulator.GetContentAsync(asset.AssetVersionSid)
            );
        }
    }
}
