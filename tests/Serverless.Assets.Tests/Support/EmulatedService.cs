using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Serverless.Assets.Discovery;
using Serverless.Assets.Emulator;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Tests.Support;

/// <summary>A project folder, an emulator in this process, and the pipeline between them.</summary>
internal sealed class EmulatedService : IAsyncDisposable
{
    public const string ServiceName = "faults";

    private readonly HttpClient _http;

    private EmulatedService(EmulatorServer emulator, TempFolder folder)
    {
        Emulator = emulator;
        Folder = folder;
        _http = new HttpClient { BaseAddress = emulator.BaseAddress };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String("AC00000000000000000000000000000000:any"u8)
        );
        Settings = new SettingValues(new ProjectContext(folder.Path))
            .With(SettingTable.ServiceName, ServiceName)
            .With(SettingTable.CreateService, true)
            .With(SettingTable.Emulator, true)
            .With(SettingTable.ApiBaseUrl, emulator.BaseAddress.OriginalString)
            .With(SettingTable.UploadBaseUrl, emulator.BaseAddress.OriginalString)
            .With(SettingTable.StatePath, folder["state"])
            .With(SettingTable.ManifestPath, folder["out/manifest.json"]);
    }

    public EmulatorServer Emulator { get; }

    public TempFolder Folder { get; }

    public RecordingLogger Logger { get; private set; } = new();

    public SettingValues Settings { get; set; }

    /// <summary>The clock of the pipeline; the emulator has its own, moved by <see cref="EmulatorFaults.ClockShiftSeconds"/>.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>The pipeline's connections, when a test replaces them.</summary>
    public Func<HttpMessageHandler>? Handler { get; set; }

    /// <summary>Of what plays one machine; null: it is alone.</summary>
    public string? LockDirectory { get; set; }

    public FaultyFiles Files { get; } = new();

    /// <summary>Receives the requests of the pipeline.</summary>
    public IRunObserver? Observer { get; set; }

    public string PreviousManifestPath => Settings.ManifestPath + ".previous";

    public static async Task<EmulatedService> StartAsync()
    {
        var folder = new TempFolder();
        return new EmulatedService(
            await EmulatorServer.StartAsync(new EmulatorOptions { DataDirectory = folder["emulator"] }),
            folder
        );
    }

    /// <summary>Files <c>/f/0.bin</c>, <c>/f/1.bin</c>, … of different contents and sizes.</summary>
    public void WriteFiles(int count)
    {
        for (var i = 0; i < count; i++)
        {
            WriteFile(i, $"content of file {i} {new string('.', i * 7)}");
        }
    }

    public void WriteFile(int number, string content) => Folder.Write($"assets/f/{number}.bin", content);

    public async Task<UploadResult> UploadAsync()
    {
        Logger = new RecordingLogger();
        var host = Handler is null
            ? new EngineContext
            {
                Logger = Logger,
                Clock = Clock,
                Files = Files,
                Environment = FakeEnvironment.Empty,
                LockDirectory = LockDirectory,
                Observer = Observer,
            }
            : new EngineContext
            {
                Logger = Logger,
                Clock = Clock,
                Files = Files,
                Environment = FakeEnvironment.Empty,
                LockDirectory = LockDirectory,
                Observer = Observer,
                HttpHandler = Handler,
            };
        var assets = new AssetCollector(host).Collect(new CollectRequest { Settings = Settings });
        return (await new UploadPipeline(host).UploadAsync(assets, Settings, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Requests of each kind since <see cref="ForgetRequestsAsync"/>.</summary>
    public async Task<Dictionary<string, int>> RequestsAsync()
    {
        var stats = await _http.GetFromJsonAsync<JsonElement>("/__emulator/stats");
        return stats
            .GetProperty("byOperation")
            .EnumerateObject()
            .ToDictionary(operation => operation.Name, operation => operation.Value.GetInt32());
    }

    public async Task<Dictionary<string, int>> FaultsSeenAsync()
    {
        var stats = await _http.GetFromJsonAsync<JsonElement>("/__emulator/stats");
        return stats
            .GetProperty("faults")
            .EnumerateObject()
            .ToDictionary(fault => fault.Name, fault => fault.Value.GetInt32());
    }

    public async Task ForgetRequestsAsync() =>
        (await _http.PostAsync(new Uri("/__emulator/stats/reset", UriKind.Relative), null)).EnsureSuccessStatusCode();

    public Task<JsonElement> GetAsync(string address) => _http.GetFromJsonAsync<JsonElement>(address);

    public async Task<JsonElement> PostAsync(string address, params KeyValuePair<string, string>[] fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        var answer = await _http.PostAsync(new Uri(address, UriKind.Relative), content);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task DeleteAsync(string address) =>
        (await _http.DeleteAsync(new Uri(address, UriKind.Relative))).EnsureSuccessStatusCode();

    /// <summary>The manifest as it lies there.</summary>
    public AssetManifest ReadManifest() =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Settings.ManifestPath), ManifestJson.Written.AssetManifest)!;

    /// <summary>
    /// The manifest names every file, each as an Asset Version that the service holds with its bytes, path, visibility and
    /// content type, and the service has one Asset for each path.
    /// </summary>
    public async Task AssertCompleteAsync(int files)
    {
        var manifest = ReadManifest();
        Assert.Equal(files, manifest.Assets.Count);
        Assert.Equal(manifest.Assets.Select(asset => asset.AssetVersionSid), manifest.AssetVersions);
        foreach (var asset in manifest.Assets)
        {
            var version = await GetAsync($"/__emulator/versions/{asset.AssetVersionSid}");
            Assert.Equal(
                (asset.Path, "public", asset.ContentType, asset.AssetSid),
                (
                    version.GetProperty("path").GetString(),
                    version.GetProperty("visibility").GetString(),
                    version.GetProperty("content_type").GetString(),
                    version.GetProperty("asset_sid").GetString()
                )
            );
            var stored = await _http.GetByteArrayAsync(
                new Uri($"/__emulator/versions/{asset.AssetVersionSid}/content", UriKind.Relative)
            );
            Assert.Equal(File.ReadAllBytes(Folder[asset.File]), stored);
        }

        await AssertNoDoublesAsync(files);
    }

    public async Task AssertNoDoublesAsync(int assets)
    {
        Emulator.Faults = new EmulatorFaults();
        var page = await GetAsync($"/v1/Services/{ServiceName}/Assets?PageSize=1000");
        var names = page.GetProperty("assets")
            .EnumerateArray()
            .Select(asset => asset.GetProperty("friendly_name").GetString()!)
            .ToList();
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Equal(assets, names.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
        Folder.Dispose();
    }
}
