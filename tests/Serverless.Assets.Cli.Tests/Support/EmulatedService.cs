using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>An emulator in this process: what it was asked, and what it has.</summary>
internal sealed class EmulatedService : IAsyncDisposable
{
    /// <summary>Far more answers than any wait here takes: only a test that hangs would see the end of it.</summary>
    private const int MostQuestions = 1_000_000;

    private readonly EmulatorServer _server;
    private readonly HttpClient _http;

    public EmulatedService(EmulatorServer server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String("AC00000000000000000000000000000000:any"u8)
        );
    }

    public string Url => _server.BaseAddress.GetLeftPart(UriPartial.Authority);

    public EmulatorFaults Faults
    {
        set => _server.Faults = value;
    }

    public async Task<JsonElement> GetAsync(string address) =>
        await _http.GetFromJsonAsync<JsonElement>(address, Workbench.Token);

    /// <summary>Sends a form, and gives the answer: what it creates must be created.</summary>
    public async Task<JsonElement> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), form, Workbench.Token);
        return await CreatedAsync(answer);
    }

    /// <summary>Uploads a version by hand.</summary>
    public async Task<JsonElement> PostVersionAsync(string address, string path, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(path), "Path" },
            { new StringContent("public"), "Visibility" },
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "Content", "content" },
        };
        using var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), form, Workbench.Token);
        return await CreatedAsync(answer);
    }

    public async Task DeleteAsync(string address) =>
        (await _http.DeleteAsync(new Uri(address, UriKind.Relative), Workbench.Token)).EnsureSuccessStatusCode();

    private static async Task<JsonElement> CreatedAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Workbench.Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Requests of each kind since the last call of <see cref="ForgetRequestsAsync"/>.</summary>
    public async Task<Dictionary<string, int>> RequestsAsync()
    {
        var stats = await GetAsync("/__emulator/stats");
        return stats
            .GetProperty("byOperation")
            .EnumerateObject()
            .ToDictionary(operation => operation.Name, operation => operation.Value.GetInt32());
    }

    /// <summary>Faults of each kind since then.</summary>
    public async Task<Dictionary<string, int>> FaultsSeenAsync()
    {
        var stats = await GetAsync("/__emulator/stats");
        return stats
            .GetProperty("faults")
            .EnumerateObject()
            .ToDictionary(fault => fault.Name, fault => fault.Value.GetInt32());
    }

    public async Task<int> UploadsAsync() => (await RequestsAsync()).GetValueOrDefault("AssetVersion.Create");

    public async Task<int> MostInFlightAsync() =>
        (await GetAsync("/__emulator/stats")).GetProperty("mostInFlight").GetInt32();

    public async Task ForgetRequestsAsync() =>
        (
            await _http.PostAsync(new Uri("/__emulator/stats/reset", UriKind.Relative), null, Workbench.Token)
        ).EnsureSuccessStatusCode();

    public Task WaitForUploadsAsync(int count, CliProcess sender) => WaitForAsync(UploadsAsync, count, sender);

    /// <summary>Returns when the first request of any kind has arrived.</summary>
    public Task WaitForRequestAsync(CliProcess sender) =>
        WaitForAsync(async () => (await RequestsAsync()).Values.Sum(), 1, sender);

    /// <summary>Path, visibility and content of each Asset Version, sorted.</summary>
    public async Task<IReadOnlyList<string>> ContentsAsync()
    {
        var contents = new List<string>();
        foreach (var version in await VersionsAsync())
        {
            contents.Add(
                $"{version.GetProperty("path")} {version.GetProperty("visibility")} {await ContentAsync(version.GetProperty("sid").GetString()!)}"
            );
        }

        return [.. contents.Order(StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<JsonElement>> VersionsAsync()
    {
        var dump = await GetAsync("/__emulator/services");
        return
        [
            .. dump.GetProperty("services")
                .EnumerateArray()
                .SelectMany(service => service.GetProperty("asset_versions").EnumerateArray()),
        ];
    }

    public Task<string> ContentAsync(string versionSid) =>
        _http.GetStringAsync(new Uri($"/__emulator/versions/{versionSid}/content", UriKind.Relative), Workbench.Token);

    /// <summary>The names of the Assets of a Service, one for each: two Assets of one name are there twice.</summary>
    public async Task<IReadOnlyList<string>> AssetNamesAsync(string service)
    {
        var page = await GetAsync($"/v1/Services/{service}/Assets?PageSize=1000");
        return
        [
            .. page.GetProperty("assets")
                .EnumerateArray()
                .Select(asset => asset.GetProperty("friendly_name").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The manifest names these files and no others, each as a version that the service holds with its bytes, and the
    /// service has one Asset for each path.
    /// </summary>
    public async Task AssertHoldsAsync(
        string manifestPath,
        string service,
        IReadOnlyDictionary<string, string> contentOfPath
    )
    {
        var manifest = JsonSerializer.Deserialize<JsonElement>(
            await File.ReadAllBytesAsync(manifestPath, Workbench.Token)
        );
        var assets = manifest
            .GetProperty("assets")
            .EnumerateArray()
            .ToDictionary(
                asset => asset.GetProperty("path").GetString()!,
                asset => asset.GetProperty("assetVersionSid").GetString()!
            );
        Assert.Equal(contentOfPath.Keys.Order(StringComparer.Ordinal), assets.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, versionSid) in assets)
        {
            Assert.Equal(contentOfPath[path], await ContentAsync(versionSid));
        }

        Assert.Equal(contentOfPath.Keys.Order(StringComparer.Ordinal), await AssetNamesAsync(service));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>It asks again as soon as it is answered: there is no pause to guess.</summary>
    private static async Task WaitForAsync(Func<Task<int>> ask, int count, CliProcess sender)
    {
        for (var question = 0; question < MostQuestions; question++)
        {
            if (await ask() >= count)
            {
                return;
            }

            Assert.False(sender.HasExited, $"The program ended before {count} requests arrived.");
        }

        Assert.Fail($"{count} requests did not arrive.");
    }
}
