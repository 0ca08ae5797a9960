using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary><c>dotnet new serverless-assets</c>, with the package as users get it.</summary>
public sealed class TemplateTests(PackageFeed feed, TemplatePackage template)
    : EndToEndTest(feed),
        IClassFixture<TemplatePackage>
{
    private const string Data = "obj/serverless-assets/emulator";

    [Fact]
    public async Task A_new_project_is_published_at_once_and_its_site_is_live()
    {
        var root = NewProject().Root; // a folder with the feed
        await RunAsync(root, "new", "serverless-assets", "-n", "Harbor.Cafe_1", "--debug:custom-hive", template.Hive);
        var folder = Path.Combine(root, "Harbor.Cafe_1");
        Assert.Equal(
            [
                ".gitignore",
                "Harbor.Cafe_1.csproj",
                "README.md",
                "assets/css/site.css",
                "assets/index.html",
                "assets/voice/hold.protected.twiml",
            ],
            Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
        );
        Assert.Contains(
            "ServerlessAssetsEmulator",
            await File.ReadAllTextAsync(Path.Combine(folder, "README.md"), Token),
            StringComparison.Ordinal
        );

        var output = await RunAsync(folder, "publish", "-tl:off");

        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        Assert.Contains("Uploaded 4 files (", output, StringComparison.Ordinal);
        var manifest = ConsumerManifest.Read(
            Path.Combine(folder, "bin/Release/net10.0/serverless-assets.manifest.json")
        );
        Assert.Equal(
            ["/assets/index.html public", "/css/site.css public", "/index.html public", "/voice/hold.twiml protected"],
            manifest.Assets.Select(asset => $"{asset.Path} {asset.Visibility}")
        );
        await using var emulator = await TestEmulator.OpenAsync(Path.Combine(folder, Data));
        Assert.Equal(["harbor-cafe-1"], await emulator.GetServiceNamesAsync());
        foreach (var asset in manifest.Assets)
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(folder, asset.File), Token),
                await emulator.GetContentAsync(asset.AssetVersionSid)
            );
        }

        var page = await emulator.VisitAsync((await emulator.GetLiveAsync()).Domain, "/index.html");
        Assert.StartsWith("200 <!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Harbor.Cafe_1</title>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_emulator_it_goes_to_the_named_service_and_needs_credentials()
    {
        var root = NewProject().Root; // a folder with the feed
        await RunAsync(
            root,
            "new",
            "serverless-assets",
            "-o",
            "App",
            "--service",
            "hold-line",
            "--emulator",
            "false",
            "--debug:custom-hive",
            template.Hive
        );
        var folder = Path.Combine(root, "App");
        Assert.Equal(
            $"""
            <Project Sdk="Microsoft.NET.Sdk">

              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <!-- To add a program, set OutputType to Exe or use the SDK Microsoft.NET.Sdk.Web. -->
                <OutputType>Library</OutputType>
              </PropertyGroup>

              <PropertyGroup>
                <ServerlessAssetsServiceName>hold-line</ServerlessAssetsServiceName>
                <ServerlessAssetsCreateService>true</ServerlessAssetsCreateService>
                <!-- Deploy the files when you publish the project. -->
                <ServerlessAssetsDeployOn>Publish</ServerlessAssetsDeployOn>
              </PropertyGroup>

              <ItemGroup>
                <PackageReference Include="Serverless.Assets.Build" Version="{Feed.Version}" PrivateAssets="all" />
              </ItemGroup>

            </Project>

            """.ReplaceLineEndings("\n"),
            (await File.ReadAllTextAsync(Path.Combine(folder, "App.csproj"), Token)).ReplaceLineEndings("\n")
        );
        var readme = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"), Token);
        Assert.Contains("Service `hold-line`", readme, StringComparison.Ordinal);
        Assert.Contains(
            "\nSet credentials as environment variables, never in a file",
            readme,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("mulator", readme, StringComparison.Ordinal);

        var emulator = await StartEmulatorAsync();
        string[] publish =
        [
            "publish",
            "-tl:off",
            $"-p:ServerlessAssetsApiBaseUrl={emulator.Url}",
            $"-p:ServerlessAssetsUploadBaseUrl={emulator.Url}",
        ];
        var (exitCode, output) = await DotNet.RunAsync(folder, publish);
        Assert.Equal(1, exitCode);
        Assert.Contains("error SAB1001: ", output, StringComparison.Ordinal);

        (exitCode, output) = await DotNet.RunAsync(
            folder,
            publish,
            new Dictionary<string, string> { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret }
        );
        Assert.True(exitCode == 0, output);
        Assert.Equal(["hold-line"], await emulator.GetServiceNamesAsync());
        Assert.EndsWith(
            $"App -> http://{(await emulator.GetLiveAsync()).Domain}/",
            output.TrimEnd(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_package_holds_the_project_and_nothing_of_ours()
    {
        using var package = await ZipFile.OpenReadAsync(template.Path, Token);

        string[] expected =
        [
            "README.md",
            "Serverless.Assets.Templates.nuspec",
            "[Content_Types].xml",
            "_rels/.rels",
            "content/serverless-assets/.gitignore",
            "content/serverless-assets/.template.config/template.json",
            "content/serverless-assets/Company.Site.csproj",
            "content/serverless-assets/README.md",
            "content/serverless-assets/assets/css/site.css",
            "content/serverless-assets/assets/index.html",
            "content/serverless-assets/assets/voice/hold.protected.twiml",
            "icon.png",
            "package/services/metadata/core-properties/*.psmdcp",
        ];
        Assert.Equal(
            expected,
            package
                .Entries.Select(entry => Regex.Replace(entry.FullName, @"[^/]+\.psmdcp$", "*.psmdcp"))
                .Order(StringComparer.Ordinal)
        );
        using var nuspec = new StreamReader(
            await package.GetEntry("Serverless.Assets.Templates.nuspec")!.OpenAsync(Token)
        );
        Assert.Contains(
            """<packageType name="Template" />""",
            await nuspec.ReadToEndAsync(Token),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var (exitCode, output) = await DotNet.RunAsync(folder, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
