namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// That the tests' own browser sees what it is to see: a page that works, and each way of not working.
/// </summary>
public sealed class BrowserTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task A_page_is_loaded_and_used()
    {
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(
            "data:text/html,<title>T</title><p>0</p><button onclick='setTimeout(() => document.querySelector(`p`).innerText = 1)'>+</button>"
        );

        await page.ClickAsync("button");
        await page.WaitForAsync("document.querySelector('p').innerText === '1'");

        Assert.Equal("1", await page.TextOfAsync("p"));
        Assert.Equal("T", (await page.EvaluateAsync("Promise.resolve(document.title)")).GetString());
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Problems_in_a_page_are_reported()
    {
        var emulator = await StartEmulatorAsync();
        var site = $"http://{(await FunctionsService.CreateAsync(emulator)).Domain}";
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(site + FunctionsService.OtherAsset);
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
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.EvaluateAsync("nothing.of.this.name"));
    }
}
