using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>What a newcomer does first: publish against the emulator that the build starts.</summary>
public sealed class EmulatorPublishTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const string Data = "obj/serverless-assets/emulator";

    private static readonly (string Path, string Visibility, string File, string ContentType)[] Expected =
    [
        ("/.well-known/security.txt", "public", "assets/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/assets/index.html", "public", "assets/index.html", "text/html; charset=utf-8"),
        ("/audio/hold.wav", "public", "assets/audio/hold.wav", "audio/wav"),
        ("/css/site.css", "public", "assets/css/site.css", "text/css; charset=utf-8"),
        ("/index.html", "public", "assets/index.html", "text/html; charset=utf-8"),
        ("/names.json", "private", "assets/names.private.json", "application/json"),
        ("/voice/hold.twiml", "protected", "assets/voice/hold.protected.twiml", "text/xml; charset=utf-8"),
    ];

    [Fact]
    public async Task Publish_uploads_every_file_and_a_second_publish_none()
    {
        var project = NewSite()
            // The emulator is running when this runs.
            .Element(
                $"""<Target Name="Peek" AfterTargets="UploadServerlessAssets"><Copy SourceFiles="{Data}/emulator.json" DestinationFiles="seen.json" /></Target>"""
            );

        var first = (await project.PublishAsync()).Succeeded();

        Assert.Equal(
            new Dictionary<string, int>
            {
                ["StartServerlessEmulator"] = 1,
                ["CollectServerlessAssets"] = 1,
                ["UploadServerlessAssets"] = 1,
            },
            first.Tasks
        );
        Assert.Contains($"Site -> {project.ManifestPath}", first.Output, StringComparison.Ordinal);
        var manifest = ConsumerManifest.Read(project.ManifestPath);
        AssertComplete(project, manifest);
        AssertEmulatorIsGone(project);
        await AssertStoredAsync(project, manifest);

        var bytes = File.ReadAllBytes(project.ManifestPath);
        var written = File.GetLastWriteTimeUtc(project.ManifestPath);

        var second = (await project.PublishAsync()).Succeeded();

        Assert.Matches(
            @"Serverless assets: Nothing changed: 7 files already uploaded to ZS[0-9a-f]{32}\r?\n",
            second.Output
        );
        Assert.Equal(bytes, File.ReadAllBytes(project.ManifestPath));
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.ManifestPath));
        Assert.False(File.Exists(project.ManifestPath + ".previous"));
        await AssertStoredAsync(project, manifest);
    }

    [Fact]
    public async Task Publish_that_deploys_ends_with_the_site_and_how_to_look_at_it()
    {
        var project = NewSite()
            .Property("ServerlessAssetsDeployOn", "Publish")
            .Property("ServerlessAssetsVerify", "true");

        var result = (await project.PublishAsync()).Succeeded();

        string[] last =
        [
            @"^Serverless assets: Created Build ZB[0-9a-f]{32} \(7 assets, 0 functions\)$",
            @"^Created the Environment dev \(site-\d+-dev\.localhost:\d+\)$",
            @"^Serverless assets: Deployed ZB[0-9a-f]{32} to dev \(first deployment\), 7 assets verified$",
            @"^Site -> .*serverless-assets\.manifest\.json$",
            @"^Site -> http://127\.0\.0\.1:\d+/ \(to browse it, run: dotnet build -t:ServeServerlessAssets -tl:off\)$",
        ];
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(last.Zip(lines[^last.Length..]), pair => Assert.Matches(pair.First, pair.Second));
        Assert.False(File.Exists(project.PathOf($"{Data}/emulator.json")));

        // Served again as that command does, the site is there.
        await using var emulator = await TestEmulator.OpenAsync(project.PathOf(Data));
        Assert.Equal(
            "200 <!doctype html><title>Straße</title>",
            await emulator.VisitAsync((await emulator.GetLiveAsync()).Domain, "/index.html")
        );
    }

    [Fact]
    public async Task A_proxy_for_the_rest_of_the_world_does_not_come_between()
    {
        // No server listens there.
        var project = NewSite()
            .Environment("http_proxy", "http://127.0.0.1:1")
            .Environment("https_proxy", "http://127.0.0.1:1");
        await using var running = await TestEmulator.OpenAsync(project.PathOf(Data));

        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();

        Assert.Equal(Expected.Length, await running.CountVersionsAsync());
    }

    [Fact]
    public async Task The_service_is_named_after_the_project_as_far_as_a_service_can_be()
    {
        var project = NewSite("Contoso.Web_Site.Of.The.Harbor.Cafe.With.All.Its.Branches");
        await using var running = await TestEmulator.OpenAsync(project.PathOf(Data));

        (await project.MSBuildAsync("UploadServerlessAssets")).Succeeded();

        Assert.Equal(["contoso-web-site-of-the-harbor-cafe-with-all-its-b"], await running.GetServiceNamesAsync());
    }

    private ConsumerProject NewSite(string name = "Site") =>
        NewProject(name)
            .Property("ServerlessAssetsEmulator", "true")
            .File("assets/index.html", "<!doctype html><title>Straße</title>")
            .File("assets/css/site.css", "body { margin: 0 }")
            .File("assets/audio/hold.wav", RandomNumberGenerator.GetBytes(300_000))
            .File("assets/names.private.json", "[]")
            .File("assets/voice/hold.protected.twiml", "<Response/>")
            .File("assets/.well-known/security.txt", "Contact: mailto:security@example.com\r\n--serverless-assets-\r\n")
            .File("assets/.hidden", "left out");

    private static void AssertComplete(ConsumerProject project, ConsumerManifest manifest)
    {
        Assert.Equal(1, manifest.Version);
        Assert.StartsWith("Serverless.Assets.Build/", manifest.Generator, StringComparison.Ordinal);
        Assert.Matches("^ZS[0-9a-f]{32}$", manifest.ServiceSid);
        Assert.Matches("^AC[0-9a-f]{32}$", manifest.AccountSid);
        Assert.Equal(new ConsumerManifestSource(null, null, null), manifest.Source);
        Assert.Equal(
            Expected,
            manifest.Assets.Select(asset => (asset.Path, asset.Visibility, asset.File, asset.ContentType))
        );
        Assert.Equal(manifest.Assets.Select(asset => asset.AssetVersionSid), manifest.AssetVersions);
        Assert.All(
            manifest.Assets,
            asset =>
            {
                var content = File.ReadAllBytes(project.PathOf(asset.File));
                Assert.Matches("^ZN[0-9a-f]{32}$", asset.AssetVersionSid);
                Assert.Matches("^ZH[0-9a-f]{32}$", asset.AssetSid);
                Assert.Equal(content.Length, asset.Size);
                Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), asset.Sha256);
                Assert.Equal($"sha384-{Convert.ToBase64String(SHA384.HashData(content))}", asset.Integrity);
            }
        );
    }

    private static void AssertEmulatorIsGone(ConsumerProject project)
    {
        var seen = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(project.PathOf("seen.json")));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(seen.GetProperty("pid").GetInt32()));
        Assert.False(File.Exists(project.PathOf($"{Data}/emulator.json")));
    }

    /// <summary>An emulator restarted on the data of the build has exactly the contents of the manifest.</summary>
    private static async Task AssertStoredAsync(ConsumerProject project, ConsumerManifest manifest)
    {
        await using var emulator = await TestEmulator.OpenAsync(project.PathOf(Data));
        Assert.Equal(manifest.Assets.Count, await emulator.CountVersionsAsync());
        foreach (var asset in manifest.Assets)
        {
            var stored = await emulator.GetVersionAsync(asset.AssetVersionSid);
            Assert.Equal(asset.Path, stored.GetProperty("path").GetString());
            Assert.Equal(asset.Visibility, stored.GetProperty("visibility").GetString());
            Assert.Equal(asset.ContentType, stored.GetProperty("content_type").GetString());
            Assert.Equal(asset.AssetSid, stored.GetProperty("asset_sid").GetString());
            Assert.Equal(manifest.ServiceSid, stored.GetProperty("service_sid").GetString());
            Assert.Equal(
                File.ReadAllBytes(project.PathOf(asset.File)),
                await emulator.GetContentAsync(asset.AssetVersionSid)
            );
        }
    }
}
