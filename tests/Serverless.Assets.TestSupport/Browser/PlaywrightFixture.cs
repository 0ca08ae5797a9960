using Microsoft.Playwright;

namespace Serverless.Assets.TestSupport;

/// <summary>One headless browser for all tests of a class. Each page has its own profile in it.</summary>
public sealed class PlaywrightFixture : IAsyncDisposable
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens an empty page in a new profile.</summary>
    /// <param name="origin">What addresses are relative to; null if they are complete.</param>
    internal async Task<IPage> OpenAsync(
        string? origin = null,
        ColorScheme scheme = ColorScheme.Light,
        int width = 1280,
        int height = 900
    )
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = BrowserExecutable.Get(), ChromiumSandbox = false }
        );
        var profile = await _browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = origin,
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = height },
            }
        );
        return await profile.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
