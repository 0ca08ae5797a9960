using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// The Blazor WebAssembly sample as it stands in the repository: published, deployed to the emulator, opened in a
/// browser.
/// </summary>
public sealed partial class BlazorSampleTests(PackageFeed feed, PlaywrightFixture browser)
    : EndToEndTest(feed),
        IClassFixture<PlaywrightFixture>
{
    [Fact]
    public async Task The_sample_is_published_and_deployed_and_its_counter_counts()
    {
        using var work = new TempFolder();
        // Beside what a developer has of it: the output and the emulator's data of this run only.
        var (exitCode, output) = await DotNet.RunAsync(
            Repository.PathOf("samples/BlazorSite"),
            [
                "publish",
                "-c",
                Repository.Configuration,
                "-p:BuildProjectReferences=false",
                "-tl:off",
                "-o",
                work["out"],
                $"-p:ServerlessAssetsStatePath={work.Path}/state/",
                $"-p:ServerlessAssetsManifestPath={work.Path}/site.manifest.json",
            ]
        );
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain(": warning ", output, StringComparison.Ordinal);

        await using var emulator = await TestEmulator.OpenAsync(work["state/emulator"]);
        var manifest = ConsumerManifest.Read(work["site.manifest.json"]);
        await AssertIsTheSiteAsync(work["out/wwwroot"], manifest, emulator);
        await AssertEveryLinkAnswersAsync(emulator);
        await AssertItRunsAsync(emulator);
    }

    /// <summary>
    /// The published files without compressed copies, byte for byte, and index.html at the additional paths of the
    /// project.
    /// </summary>
    private static async Task AssertIsTheSiteAsync(string wwwroot, ConsumerManifest manifest, TestEmulator emulator)
    {
        var files = Directory
            .EnumerateFiles(wwwroot, "*", SearchOption.AllDirectories)
            .Select(file => "/" + Path.GetRelativePath(wwwroot, file).Replace('\\', '/'))
            .ToList();
        Assert.Contains(files, file => file.EndsWith(".wasm.br", StringComparison.Ordinal));
        var expected = files
            .Where(file =>
                !file.EndsWith(".br", StringComparison.Ordinal) && !file.EndsWith(".gz", StringComparison.Ordinal)
            )
            .ToDictionary(file => file, file => file);
        expected["/assets/index.html"] = expected["/about"] = "/index.html";
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), manifest.Paths);
        Assert.All(manifest.Assets, asset => Assert.Equal("public", asset.Visibility));
        foreach (var asset in manifest.Assets)
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(wwwroot, expected[asset.Path][1..]), Token);
            Assert.Equal(content, await emulator.GetContentAsync(asset.AssetVersionSid));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), asset.Sha256);
        }

        Assert.Equal(
            [
                ("", "text/html; charset=utf-8"),
                (".css", "text/css; charset=utf-8"),
                (".html", "text/html; charset=utf-8"),
                (".js", "text/javascript; charset=utf-8"),
                (".wasm", "application/wasm"),
            ],
            manifest.Assets.Select(asset => (Path.GetExtension(asset.Path), asset.ContentType)).Distinct().Order()
        );
    }

    private static async Task AssertEveryLinkAnswersAsync(TestEmulator emulator)
    {
        var (domain, _) = await emulator.GetLiveAsync();
        var index = await emulator.VisitAsync(domain, "/");
        Assert.StartsWith("200 <!DOCTYPE html>", index, StringComparison.Ordinal);
        Assert.Equal(index, await emulator.VisitAsync(domain, "/index.html"));
        Assert.Equal(index, await emulator.VisitAsync(domain, "/about"));

        // What the publish wrote into the page: names with fingerprints, in links and in the import map.
        string[] links =
        [
            .. Link().Matches(index).Concat(Import().Matches(index)).Select(match => match.Groups["path"].Value),
        ];
        Assert.Contains(links, link => Regex.IsMatch(link, @"^_framework/blazor\.webassembly\.[a-z0-9]{10}\.js$"));
        Assert.Contains("css/app.css", links);
        Assert.True(links.Length >= 6, string.Join(' ', links));
        foreach (var link in links)
        {
            Assert.StartsWith("200 ", await emulator.VisitAsync(domain, "/" + link), StringComparison.Ordinal);
        }
    }

    private async Task AssertItRunsAsync(TestEmulator emulator)
    {
        var (domain, _) = await emulator.GetLiveAsync();
        var page = await ObservedPage.OpenAsync(browser, $"http://{domain}/");
        await page.Page.WaitForFunctionAsync("document.querySelector('[role=status]')");
        Assert.Equal("Current count: 0", await page.TextOfAsync("[role=status]"));

        await page.Page.ClickAsync("button");
        await page.Page.ClickAsync("button");
        await page.Page.WaitForFunctionAsync(
            "document.querySelector('[role=status]').innerText === 'Current count: 2'"
        );

        // Within the app, and then with a direct link.
        await page.Page.ClickAsync("nav a[href=about]");
        await page.Page.WaitForFunctionAsync("document.querySelector('h1').innerText === 'About'");
        Assert.Equal($"http://{domain}/about", page.Page.Url);
        await page.Page.GotoAsync($"http://{domain}/about");
        await page.Page.WaitForFunctionAsync("document.querySelector('h1')?.innerText === 'About'");
        await page.Page.GotoAsync($"http://{domain}/index.html");
        await page.Page.WaitForFunctionAsync("document.querySelector('h1')?.innerText === 'Counter'");

        Assert.Empty(page.Problems);
        Assert.All(
            page.Requests.Where(request => !request.StartsWith("data:", StringComparison.Ordinal)),
            request => Assert.StartsWith($"http://{domain}/", request, StringComparison.Ordinal)
        );
    }

    /// <summary>Addresses in src and href, without those that are whole.</summary>
    [GeneratedRegex(@"<(?:link|script|a|img)\b[^>]*\b(?:href|src)=""(?<path>[^"":]+)""")]
    private static partial Regex Link();

    /// <summary>What an import map leads to.</summary>
    [GeneratedRegex(@"""\./[^""]+"": ""\./(?<path>[^""]+)""")]
    private static partial Regex Import();
}
