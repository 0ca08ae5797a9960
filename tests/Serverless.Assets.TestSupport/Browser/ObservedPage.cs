using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Serverless.Assets.TestSupport;

/// <summary>A page in a browser, and what went wrong in it.</summary>
internal sealed class ObservedPage
{
    private readonly ConcurrentQueue<string> _problems = [];
    private readonly ConcurrentQueue<string> _requests = [];

    private ObservedPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => _requests.Enqueue(request.Url);
        page.RequestFailed += (_, request) => _problems.Enqueue($"{request.Url}: {request.Failure}");
        page.PageError += (_, error) => _problems.Enqueue(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _problems.Enqueue($"{response.Url}: {response.Status}");
            }
        };
        page.Console += (_, message) =>
        {
            // The browser, not the page, requests an icon, which most sites of tests do not have.
            var isOfPage = !message.Location.Contains("/favicon.ico", StringComparison.Ordinal);
            if (isOfPage && message.Type is ("error" or "assert"))
            {
                _problems.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors on the console, uncaught exceptions, and requests that failed or got an error status.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>The addresses of its requests, the page itself first.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Opens an address in a new profile, and waits until the page and its resources are loaded.</summary>
    public static async Task<ObservedPage> OpenAsync(PlaywrightFixture browser, string address)
    {
        var page = new ObservedPage(await browser.OpenAsync());
        await page.Page.GotoAsync(address);
        return page;
    }

    /// <summary>Evaluates a JavaScript expression, and awaits it if it is a promise.</summary>
    /// <returns>Null if the value is undefined or null.</returns>
    public Task<JsonElement?> EvaluateAsync(string expression) => Page.EvaluateAsync(expression);

    /// <summary>Evaluates a JavaScript expression, and awaits it if it is a promise.</summary>
    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateAsync<T>(expression);

    /// <summary>The visible text of the first element that matches a CSS selector.</summary>
    public Task<string> TextOfAsync(string selector) => Page.Locator(selector).First.InnerTextAsync();

    public Task<int> CountAsync(string selector) => Page.Locator(selector).CountAsync();
}
