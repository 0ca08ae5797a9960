using System.Diagnostics;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A headless Chromium with an empty profile, controlled through the DevTools protocol. Names below <c>localhost</c>
/// resolve to this machine.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    private readonly Process _process;
    private readonly TempFolder _profile;
    private readonly Task _errors;
    private readonly DevToolsConnection _connection;

    private Browser(Process process, TempFolder profile, Task errors, DevToolsConnection connection)
    {
        _process = process;
        _profile = profile;
        _errors = errors;
        _connection = connection;
    }

    /// <summary>Starts the browser, or skips the test on a machine without Chromium or Chrome.</summary>
    public static async Task<Browser> StartAsync()
    {
        var executable = BrowserExecutable.Get();
        var profile = new TempFolder();
        var process = Process.Start(
            new ProcessStartInfo(executable, [.. Arguments(profile.Path)])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            var address = await ReadAddressAsync(process.StandardError);
            var connection = await DevToolsConnection.OpenAsync(address);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            return new Browser(process, profile, Task.WhenAll(output, errors), connection);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            profile.Dispose();
            throw;
        }
    }

    /// <summary>Opens a page and waits until it and its resources are loaded.</summary>
    public async Task<BrowserPage> OpenAsync(string address)
    {
        var token = TestContext.Current.CancellationToken;
        var target = await _connection.SendAsync("Target.createTarget", new { url = "about:blank" }, null, token);
        var attached = await _connection.SendAsync(
            "Target.attachToTarget",
            new { targetId = target.GetProperty("targetId").GetString(), flatten = true },
            null,
            token
        );
        var page = new BrowserPage(_connection, attached.GetProperty("sessionId").GetString()!);
        await page.GoToAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.SendAsync("Browser.close", new { }, null, CancellationToken.None);
        }
        catch (IOException)
        {
            // The browser may close the connection before it responds.
        }

        await _connection.DisposeAsync();
        await _process.WaitForExitAsync(CancellationToken.None).WithinAsync("the browser to end");
        await _errors.WithinAsync("the end of the browser's output");
        _process.Dispose();
        _profile.Dispose();
    }

    private static IEnumerable<string> Arguments(string profile)
    {
        string[] arguments =
        [
            "--headless=new",
            "--remote-debugging-port=0",
            $"--user-data-dir={profile}",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-extensions",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-proxy-server",
            "--window-size=1280,800",
        ];

        // The sandbox does not work for root and in many containers. The pages come from these tests.
        return OperatingSystem.IsLinux()
            ? [.. arguments, "--no-sandbox", "about:blank"]
            : [.. arguments, "about:blank"];
    }

    private static async Task<Uri> ReadAddressAsync(StreamReader errors)
    {
        var seen = new List<string>();
        while (await errors.ReadLineAsync().WithinAsync("the address of the browser") is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                return new Uri(line[Announcement.Length..].Trim());
            }

            seen.Add(line);
        }

        throw new InvalidOperationException($"The browser did not start: {string.Join('\n', seen)}");
    }
}
