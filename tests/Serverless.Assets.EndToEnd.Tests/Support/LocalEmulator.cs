using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>An emulator in this process, and what it was asked and has.</summary>
internal sealed class LocalEmulator : IAsyncDisposable
{
    private readonly EmulatorServer _server;
    private readonly HttpClient _http;

    private LocalEmulator(EmulatorServer server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.BaseAddress };
    }

    public string Url => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public EmulatorFaults Faults
    {
        set => _server.Faults = value;
    }

    public static async Task<LocalEmulator> StartAsync(string data) =>
        new(
            await EmulatorServer.StartAsync(
                new EmulatorOptions { DataDirectory = data },
                TestContext.Current.CancellationToken
            )
        );

    /// <summary>The requests since the last call, by operation and sorted: <c>Asset.Create 1</c>.</summary>
    public async Task<string[]> TakeRequestsAsync()
    {
        var stats = await GetAsync("/__emulator/stats");
        using var reset = await _http.PostAsync(
            new Uri("/__emulator/stats/reset", UriKind.Relative),
            null,
            TestContext.Current.CancellationToken
        );
        reset.EnsureSuccessStatusCode();
        return
        [
            .. stats
                .GetProperty("byOperation")
                .EnumerateObject()
                .Select(operation => $"{operation.Name} {operation.Value}"),
        ];
    }

    /// <summary>What the store says of an Asset Version.</summary>
    public Task<JsonElement> GetVersionAsync(string version) => GetAsync($"/__emulator/versions/{version}");

    public Task<byte[]> GetContentAsync(string version) =>
        _http.GetByteArrayAsync(
            new Uri($"/__emulator/versions/{version}/content", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

    public Task<string> GetTextAsync(string version) =>
        _http.GetStringAsync(
            new Uri($"/__emulator/versions/{version}/content", UriKind.Relative),
            TestContext.Current.CancellationToken
        );

    public async Task<int> CountVersionsAsync() =>
        (await GetServicesAsync()).Sum(service => service.GetProperty("asset_versions").GetArrayLength());

    /// <summary>SID and name of each Asset of the only Service.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetAssetsAsync()
    {
        var service = Assert.Single(await GetServicesAsync()).GetProperty("sid").GetString();
        return (await SendAsync(HttpMethod.Get, $"/v1/Services/{service}/Assets?PageSize=1000"))
            .GetProperty("assets")
            .EnumerateArray()
            .ToDictionary(
                asset => asset.GetProperty("sid").GetString()!,
                asset => asset.GetProperty("friendly_name").GetString()!
            );
    }

    /// <summary>Looks again and again until so many requests of an operation have come.</summary>
    public async Task WaitForAsync(string operation, int count)
    {
        while (
            !(await GetAsync("/__emulator/stats")).GetProperty("byOperation").TryGetProperty(operation, out var came)
            || came.GetInt32() < count
        )
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>How many requests there were, and how many of them it refused because too many were in flight.</summary>
    public async Task<(int Requests, int Refused)> CountRefusedAsync()
    {
        var stats = await GetAsync("/__emulator/stats");
        return (
            stats.GetProperty("requests").GetInt32(),
            stats.GetProperty("faults").TryGetProperty("429", out var refused) ? refused.GetInt32() : 0
        );
    }

    public async Task<string[]> GetServiceNamesAsync() =>
        [.. (await GetServicesAsync()).Select(service => service.GetProperty("unique_name").GetString()!)];

    /// <summary>The domain and the live Build of an Environment of the only Service.</summary>
    public async Task<(string Domain, string? Build)> GetLiveAsync(string environment = "dev")
    {
        var found = Assert
            .Single(await GetServicesAsync())
            .GetProperty("environments")
            .EnumerateArray()
            .Single(candidate => candidate.GetProperty("unique_name").GetString() == environment);
        return (found.GetProperty("domain_name").GetString()!, found.GetProperty("build_sid").GetString());
    }

    /// <summary>What a visitor of a site gets: <c>200 text</c>.</summary>
    public async Task<string> VisitAsync(string domain, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = domain;
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    /// <summary>Asks the API as any client of the service would.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new(
            "Basic",
            Convert.ToBase64String("AC0123456789abcdef0123456789abcdef:secret"u8)
        );
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<JsonElement[]> GetServicesAsync() =>
        [.. (await GetAsync("/__emulator/services")).GetProperty("services").EnumerateArray()];

    private async Task<JsonElement> GetAsync(string address) =>
        JsonSerializer.Deserialize<JsonElement>(
            await _http.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken)
        );
}
