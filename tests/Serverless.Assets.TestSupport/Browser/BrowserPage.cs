using System.Collections.Concurrent;
using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>A page in a <see cref="Browser"/>.</summary>
internal sealed class BrowserPage
{
    private readonly DevToolsConnection _connection;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _problems = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentDictionary<string, string> _addresses = [];
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BrowserPage(DevToolsConnection connection, string session)
    {
        _connection = connection;
        _session = session;
        connection.Listen(session, OnEvent);
    }

    /// <summary>Errors on the console, uncaught exceptions, and requests that failed or got an error status.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>The addresses of its requests, the page itself first.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Navigates to an address and waits until the page and its resources are loaded.</summary>
    public async Task GoToAsync(string address)
    {
        foreach (var domain in (string[])["Page", "Runtime", "Network", "Log"])
        {
            await SendAsync($"{domain}.enable", new { });
        }

        _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = await SendAsync("Page.navigate", new { url = address });
        Assert.False(answer.TryGetProperty("errorText", out var error), $"{address}: {error}");
        await _loaded.Task.WithinAsync($"{address} to load");
    }

    /// <summary>Sets the width of the screen and the preferred color scheme.</summary>
    /// <param name="scheme"><c>light</c> or <c>dark</c>.</param>
    public async Task ShowAsync(int width, string scheme)
    {
        await SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new
            {
                width,
                height = 800,
                deviceScaleFactor = 1,
                mobile = width < 600,
            }
        );
        await SendAsync(
            "Emulation.setEmulatedMedia",
            new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } }
        );
    }

    /// <summary>Evaluates a JavaScript expression, and awaits it if it is a promise.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate",
            new
            {
                expression,
                awaitPromise = true,
                returnByValue = true,
                userGesture = true,
            }
        );
        if (answer.TryGetProperty("exceptionDetails", out var exception))
        {
            throw new InvalidOperationException($"{expression}: {Describe(exception)}");
        }

        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>The visible text of the first element that matches a CSS selector.</summary>
    public async Task<string> TextOfAsync(string selector) =>
        (await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).innerText")).GetString()!;

    public Task ClickAsync(string selector) =>
        EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).click()");

    /// <summary>
    /// Waits until a JavaScript expression is true. The page evaluates it before each frame; when the deadline passes,
    /// the test fails with the text of the page.
    /// </summary>
    public async Task WaitForAsync(string expression)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline.Default);
        var wait =
            $"new Promise(done => {{ const look = () => ({expression}) ? done(true) : requestAnimationFrame(look); "
            + "look(); })";
        try
        {
            var answer = await _connection.SendAsync(
                "Runtime.evaluate",
                new
                {
                    expression = wait,
                    awaitPromise = true,
                    returnByValue = true,
                },
                _session,
                limit.Token
            );
            Assert.False(answer.TryGetProperty("exceptionDetails", out var exception), $"{expression}: {exception}");
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail(
                $"'{expression}' is not true. The page shows: {await TextOfAsync("body")}\n"
                    + string.Join('\n', Problems)
            );
        }
    }

    private Task<JsonElement> SendAsync(string method, object parameters) =>
        _connection.SendAsync(method, parameters, _session, TestContext.Current.CancellationToken);

    private void OnEvent(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                var address = parameters.GetProperty("request").GetProperty("url").GetString()!;
                _addresses[parameters.GetProperty("requestId").GetString()!] = address;
                _requests.Enqueue(address);
                break;
            case "Network.responseReceived"
                when parameters.GetProperty("response").GetProperty("status").GetInt32() >= 400:
                var response = parameters.GetProperty("response");
                _problems.Enqueue($"{response.GetProperty("url")}: {response.GetProperty("status")}");
                break;
            case "Network.loadingFailed":
                var failed = _addresses.GetValueOrDefault(parameters.GetProperty("requestId").GetString()!);
                _problems.Enqueue($"{failed}: {parameters.GetProperty("errorText")}");
                break;
            case "Runtime.exceptionThrown":
                _problems.Enqueue(Describe(parameters.GetProperty("exceptionDetails")));
                break;
            case "Runtime.consoleAPICalled" when parameters.GetProperty("type").GetString() is "error" or "assert":
                _problems.Enqueue(
                    string.Join(' ', parameters.GetProperty("args").EnumerateArray().Select(DescribeValue))
                );
                break;
            case "Log.entryAdded" when parameters.GetProperty("entry").GetProperty("level").GetString() == "error":
                _problems.Enqueue(parameters.GetProperty("entry").GetProperty("text").GetString()!);
                break;
        }
    }

    private static string Describe(JsonElement exceptionDetails) =>
        exceptionDetails.TryGetProperty("exception", out var exception)
            ? DescribeValue(exception)
            : exceptionDetails.GetProperty("text").GetString()!;

    private static string DescribeValue(JsonElement value) =>
        value.TryGetProperty("description", out var description) ? description.GetString()!
        : value.TryGetProperty("value", out var plain) ? plain.ToString()
        : value.GetProperty("type").GetString()!;
}
