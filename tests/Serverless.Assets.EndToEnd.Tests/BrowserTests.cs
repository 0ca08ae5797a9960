using Microsoft.Playwright;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// What tests see of a page in a browser: that it works, and each way of not working.
/// </summary>
public sealed class BrowserTests(PackageFeed feed, PlaywrightFixture browser)
    : EndToEndTest(feed),
        IClassFixture<PlaywrightFixture>
{
    [Fact]
    public async Task A_page_is_loaded_and_used()
    {
        var page = await ObservedPage.OpenAsync(
            browser,
            "data:text/html,<title>T</title><p>0</p><button onclick='setTimeout(() => document.querySelector(`p`).innerText = 1)'>+</button>"
        );

        await page.Page.ClickAsync("button");
        await page.Page.WaitForFunctionAsync("document.querySelector('p').innerText === '1'");

        Assert.Equal("1", await page.TextOfAsync("p"));
        Assert.Equal("T", await page.EvaluateAsync<string>("Promise.resolve(document.title)"));
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Problems_in_a_page_are_reported()
    {
        var emulator = await StartEmulatorAsync();
        var site = $"http://{(await FunctionsService.CreateAsync(emulator)).Domain}";
        var page = await ObservedPage.OpenAsync(browser, site + FunctionsService.OtherAsset);
        Assert.Empty(page.Problems);

        await page.EvaluateAsync("console.error('to the console', 7)");
        await page.EvaluateAsync(
            "new Promise(done => { setTimeout(() => { throw new Error('never caught') }); setTimeout(done) })"
        );
        await page.EvaluateAsync("fetch('/missing.js').then(answer => answer.status)");

        Assert.Contains("to the console 7", page.Problems);
        Assert.Contains(page.Problems, problem => problem.StartsWith("Error: never caught", StringComparison.Ordinal));
        Assert.Contains($"{site}/missing.js: 404", page.Problems);
        Assert.Equal($"{site}/missing.js", page.Requests[^1]);
        await Assert.ThrowsAsync<PlaywrightException>(() => page.EvaluateAsync("nothing.of.this.name"));
    }
}
