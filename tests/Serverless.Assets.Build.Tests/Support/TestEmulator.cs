using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Build.Tests.Support;

/// <summary>An emulator in this process, and what it was asked and has.</summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    private readonly EmulatorServer _server;
    private readonly HttpClient _http;

    private TestEmulator(EmulatorServer server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.BaseAddress };
    }

    public string Url => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public EmulatorFaults Faults
    {
        set => _server.Faults = value;
    }

    public static async Task<TestEmulator> StartAsync(string data, EmulatorFaults? faults = null) =>
        new(
            await EmulatorServer.StartAsync(
                new EmulatorOptions { DataDirectory = data, Faults = faults ?? new EmulatorFaults() },
                Workbench.Token
            )
        );

    public async Task<JsonElement> GetAsync(string address) =>
        JsonSerializer.Deserialize<JsonElement>(
            await _http.GetStringAsync(new Uri(address, UriKind.Relative), Workbench.Token)
        );

    public Task<string> GetContentAsync(string version) =>
        _http.GetStringAsync(new Uri($"/__emulator/versions/{version}/content", UriKind.Relative), Workbench.Token);

    public async Task<int> RequestsAsync() => (await GetAsync("/__emulator/stats")).GetProperty("requests").GetInt32();

    /// <summary>The Build that is live in the Environment <c>dev</c>.</summary>
    public async Task<string?> LiveBuildAsync() =>
        (await GetAsync("/__emulator/services"))
            .GetProperty("services")
            .EnumerateArray()
            .Single()
            .GetProperty("environments")
            .EnumerateArray()
            .Single()
            .GetProperty("build_sid")
            .GetString();

    /// <summary>Path, visibility and content type of every Asset Version, sorted.</summary>
    public async Task<string[]> VersionsAsync()
    {
        var services = await GetAsync("/__emulator/services");
        return
        [
            .. services
                .GetProperty("services")
                .EnumerateArray()
                .SelectMany(service => service.GetProperty("asset_versions").EnumerateArray())
                .Select(version =>
                    $"{version.GetProperty("path")} {version.GetProperty("visibility")} {version.GetProperty("content_type")}"
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
