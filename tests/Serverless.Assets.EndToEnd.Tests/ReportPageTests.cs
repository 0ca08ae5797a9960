using System.Globalization;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The HTML report of real runs, in a browser.</summary>
public sealed class ReportPageTests(PackageFeed feed, PlaywrightFixture browser)
    : EndToEndTest(feed),
        IClassFixture<PlaywrightFixture>
{
    private const int Files = 250;

    /// <summary>Valid file names that would have an effect if they were interpreted as HTML.</summary>
    private static readonly string[] HostileNames =
    [
        "<img src=x onerror=window.ran=1>.txt",
        "<script>window.ran=2<",
        "\"onmouseover=\"window.ran=3\".txt",
        "'quoted' & &lt;b&gt;.txt",
        "reversed\u202egpj.txt",
        "<!--.txt",
    ];

    [Fact]
    public async Task It_shows_the_run_as_it_was_and_can_be_read_on_any_screen()
    {
        var emulator = await StartEmulatorAsync();
        emulator.Faults = new EmulatorFaults
        {
            AllowedConcurrency = 6,
            Rate500 = 0.05,
            LatencyMs = 5,
        };
        var project = NewSite(emulator);
        await emulator.TakeRequestsAsync();
        await UploadAsync(project, emulator, expected: 0);
        var requests = await emulator.CountAllRequestsAsync();
        var throttled = (await emulator.CountFaultsAsync()).GetValueOrDefault("429");
        Assert.True(throttled > 0, "the test has none of the faults that it is about");

        var page = await ObservedPage.OpenAsync(browser, AddressOf(project));

        // The figures are the run's.
        Assert.Equal($"Uploaded {Files}, Unchanged 0, Requests {requests}, Warnings 0", await FiguresAsync(page));
        Assert.Equal(requests, await page.CountAsync("[data-attempt]"));
        Assert.Equal(throttled, await page.CountAsync("rect.throttled[data-attempt]"));
        Assert.Equal($"{throttled}", await page.TextOfAsync("[data-outcome=throttled]"));
        Assert.Equal($"{Files}", await page.TextOfAsync("[data-change=new]"));
        Assert.Equal(Files, await page.CountAsync("details.new tbody tr"));

        // The treemap's areas are the files' sizes.
        foreach (var drawing in (string[])[".only-wide", ".only-narrow"])
        {
            var cells = (
                await page.EvaluateAsync<JsonElement>(
                    $"[...document.querySelectorAll('{drawing} [data-cell]')].map(cell => ({{ size: +cell.dataset.cell, area: cell.querySelector('rect').width.baseVal.value * cell.querySelector('rect').height.baseVal.value }}))"
                )
            )
                .EnumerateArray()
                .Select(cell =>
                    (Size: cell.GetProperty("size").GetDouble(), Area: cell.GetProperty("area").GetDouble())
                )
                .ToList();
            Assert.Equal(SizesOf(project).Sum(), cells.Sum(cell => cell.Size));
            var scale = cells.Sum(cell => cell.Area) / cells.Sum(cell => cell.Size);
            Assert.All(cells, cell => Assert.Equal(cell.Size * scale, cell.Area, 0.02 * (cell.Size * scale) + 0.5));
        }

        // Details on pointing.
        Assert.Equal("Point to a file, or tap it, to see its size.", await page.TextOfAsync("output"));
        await page.EvaluateAsync(
            "document.querySelector('.only-wide [data-cell] rect').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))"
        );
        Assert.Matches(@"^/big/0\.bin: 40\.0 KB, [\d.]+ %, new$", await page.TextOfAsync("output"));

        // Every screen.
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        foreach (var width in (int[])[360, 800, 1280])
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.Page.SetViewportSizeAsync(width, 800);
                await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                Assert.Equal(
                    $"{width} {(width > 720 ? "block none" : "none block")}",
                    await page.EvaluateAsync<string>(
                        "`${Math.max(innerWidth, document.documentElement.scrollWidth)} ${getComputedStyle(document.querySelector('.only-wide')).display} ${getComputedStyle(document.querySelector('.only-narrow')).display}`"
                    )
                );
                var contrast = await page.EvaluateAsync<JsonElement>(
                    await File.ReadAllTextAsync(
                        Repository.PathOf("tests/Serverless.Assets.TestSupport/Browser/contrast.js"),
                        Token
                    )
                );
                Assert.True(contrast.GetProperty("looked").GetInt32() > Files);
                Assert.Empty(contrast.GetProperty("bad").EnumerateArray().Select(bad => $"{width} {scheme} {bad}"));
            }
        }

        Assert.Empty((await page.Page.RunAxe()).Violations.Select(violation => violation.Id));

        // Nothing left the file.
        Assert.Equal([AddressOf(project)], page.Requests);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task The_report_page_is_complete_without_its_script()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewSite(emulator);
        await UploadAsync(project, emulator, expected: 0);
        var page = await File.ReadAllTextAsync(project.PathOf("report.html"), Token);
        await File.WriteAllTextAsync(
            project.PathOf("report.html"),
            page[..page.IndexOf("<script", StringComparison.Ordinal)],
            Token
        );

        var opened = await ObservedPage.OpenAsync(browser, AddressOf(project));

        Assert.StartsWith($"Uploaded {Files}, Unchanged 0", await FiguresAsync(opened), StringComparison.Ordinal);
        Assert.Equal(Files, await opened.CountAsync("details.new tbody tr"));
        Assert.True(await opened.CountAsync("[data-attempt] > title") >= Files, "requests are missing");
        Assert.True(await opened.CountAsync(".only-wide [data-cell] > title") > 10, "files are missing");
        Assert.Empty(opened.Problems);
    }

    [Fact]
    public async Task Names_that_look_like_HTML_are_text_and_run_nothing()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Windows lets nobody name a file so.");
        var emulator = await StartEmulatorAsync();
        var project = ToService(NewProject(), emulator)
            .Property("ServerlessAssetsReportPath", "report.html")
            .Property("ServerlessAssetsDeployOn", "Publish");
        foreach (var (name, i) in HostileNames.Select((name, i) => (name, i)))
        {
            project
                .File($"odd/{i}/{name}", $"content {i}")
                .ItemInclude("ServerlessAsset", $"odd/{i}/*", ("AssetPath", $"/{i}.txt"));
        }

        var published = (await project.PublishAsync()).Succeeded();

        Assert.Equal(1, published.Tasks["StartServerlessReport"]);
        var requests = (await emulator.TakeRequestsAsync())
            .Where(line => !line.StartsWith("Site ", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        var page = await ObservedPage.OpenAsync(browser, AddressOf(project));
        var sources = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('details.new .source')].map(source => source.textContent)"
        );
        Assert.Equal(
            HostileNames.Select((name, i) => $"odd/{i}/{name.Replace("\u202e", "\\u202e", StringComparison.Ordinal)}"),
            sources
        );
        Assert.Null(await page.EvaluateAsync("window.ran"));
        Assert.Equal(
            (0, 1),
            (await page.CountAsync("img, iframe, object, embed, link"), await page.CountAsync("script"))
        );

        // The upload, the Build and the deployment are in one page.
        Assert.Equal(requests, await page.CountAsync("[data-attempt]"));
        Assert.Equal(
            "upload build deploy",
            await page.EvaluateAsync<string>(
                "[...document.querySelectorAll('.phases text')].map(phase => phase.textContent).join(' ')"
            )
        );
        Assert.Matches(
            "^Deployed ZB[0-9a-f]{32} to dev \\(first deployment\\): http://",
            await page.TextOfAsync(".outcome")
        );
        Assert.Equal([AddressOf(project)], page.Requests);
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task File_names_in_the_report_of_a_failed_run_are_text()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "Windows lets nobody name a file so.");
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator);
        foreach (var name in HostileNames)
        {
            project.File($"assets/{name}", "x");
        }

        await UploadAsync(project, emulator, expected: 1);

        var page = await ObservedPage.OpenAsync(browser, AddressOf(project));
        Assert.Equal($"Failed with {HostileNames.Length} errors", await page.TextOfAsync(".outcome"));
        var messages = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('[data-code=SAB2008]')].map(error => error.textContent)"
        );
        Assert.Equal(HostileNames.Length, messages.Length);
        Assert.All(
            HostileNames,
            name =>
                Assert.Contains(
                    messages,
                    message =>
                        message.Contains(
                            $"'assets/{name.Replace("\u202e", "\\u202e", StringComparison.Ordinal)}'",
                            StringComparison.Ordinal
                        )
                )
        );
        Assert.Null(await page.EvaluateAsync("window.ran"));
        Assert.Equal([AddressOf(project)], page.Requests);
        Assert.Empty(page.Problems);
    }

    /// <summary>
    /// Files of sizes from 100 bytes to 40 KB in three folders, the largest of them <c>/big/0.bin</c>.
    /// </summary>
    private ConsumerProject NewSite(TestEmulator emulator)
    {
        var project = NewProject(emulator);
        for (var i = 0; i < Files; i++)
        {
            project.File(
                $"assets/{(i < 40 ? "big" : i % 2 == 0 ? "small/even" : "small/odd")}/{i}.bin",
                new byte[i < 40 ? 40 * 1024 / (i + 1) : 100 + i]
            );
        }

        return project;
    }

    private static IEnumerable<long> SizesOf(ConsumerProject project) =>
        Directory
            .GetFiles(project.PathOf("assets"), "*", SearchOption.AllDirectories)
            .Select(file => new FileInfo(file).Length);

    /// <summary>With the command line tool, which is faster than a build.</summary>
    private static async Task UploadAsync(ConsumerProject project, TestEmulator emulator, int expected)
    {
        var (exitCode, output) = await DotNet.RunAsync(
            project.Folder,
            [
                Repository.ToolAssembly,
                "upload",
                "--quiet",
                "--report",
                "report.html",
                "--max-concurrency",
                "40",
                "--service-name",
                "site",
                "--create-service",
                "--api-base-url",
                emulator.Url,
                "--upload-base-url",
                emulator.Url,
            ],
            project.Variables
        );
        Assert.True(exitCode == expected, output);
    }

    private static string AddressOf(ConsumerProject project) => new Uri(project.PathOf("report.html")).AbsoluteUri;

    private static Task<string> FiguresAsync(ObservedPage page) =>
        page.EvaluateAsync<string>(
            "[...document.querySelectorAll('[data-figure]')].filter(figure => !['Size', 'Failed attempts'].includes(figure.dataset.figure)).map(figure => `${figure.dataset.figure} ${figure.textContent.replace(',', '')}`).join(', ')"
        );
}
