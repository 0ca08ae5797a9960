using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Emulator;
using Serverless.Assets.Manifest;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Redis;
using Serverless.Assets.Telemetry;
using Serverless.Assets.Upload;

namespace Serverless.Assets.TestSupport;

/// <summary>Runs the pipelines of the engine on a project folder against an emulator.</summary>
internal sealed class EngineWorkbench : ProjectWorkbench
{
    /// <summary>The request timeout of <see cref="SkipWaits"/>.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromDays(1);

    private SkippingClock? _clock;
    private TestEmulator? _other;

    /// <summary>The settings of the next upload.</summary>
    public SettingValues Settings { get; set; } = null!; // set by StartAsync

    /// <summary>What the last upload logged.</summary>
    public RecordingLogger Logger { get; private set; } = new();

    /// <summary>Real time, unless the test has called <see cref="SkipWaits"/>.</summary>
    public override TimeProvider Clock => _clock ?? TimeProvider.System;

    public FaultyFiles Files { get; } = new();

    /// <summary>The folder of lock files, which represents one machine; null for a separate machine.</summary>
    public string? LockDirectory { get; set; }

    /// <summary>Cancels uploads; null: only the end of the test does.</summary>
    public CancellationToken? Cancellation { get; set; }

    /// <summary>The environment variables of the runs.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; set; } = new Dictionary<string, string>();

    public RedisTimings RedisTimings { get; set; } = new();

    /// <summary>Receives the requests of the uploads.</summary>
    public IOperationObserver? Observer { get; set; }

    private TestEmulator UsedEmulator => _other ?? Emulator;

    public string PreviousManifestPath => Settings.ManifestPath + ".previous";

    public static Task<EngineWorkbench> StartAsync() => StartAsync(sharedClock: null);

    /// <summary>
    /// Starts an emulator for which time passes when a run waits, and makes those waits take no time: for Builds and
    /// sites that need some seconds.
    /// </summary>
    /// <param name="clock">Null: a new one.</param>
    public static async Task<EngineWorkbench> StartOnSharedClockAsync(SkippingClock? clock = null)
    {
        clock ??= new SkippingClock();
        var bench = await StartAsync(clock);
        bench.UseClock(clock);
        return bench;
    }

    private static async Task<EngineWorkbench> StartAsync(SkippingClock? sharedClock)
    {
        var bench = new EngineWorkbench();
        await bench.StartEmulatorAsync(clock: sharedClock);
        bench.Settings = new SettingValues(new ProjectContext(bench.Project))
            .With(SettingTable.ServiceName, ServiceName)
            .With(SettingTable.CreateService, true)
            .With(SettingTable.Emulator, true)
            .With(SettingTable.ApiBaseUrl, bench.Emulator.Url)
            .With(SettingTable.UploadBaseUrl, bench.Emulator.Url)
            .With(SettingTable.StatePath, bench.StatePath)
            .With(SettingTable.ManifestPath, bench.PathOf("out/manifest.json"));
        return bench;
    }

    /// <summary>Uploads and deploys to the Service of another project, with a manifest and a state of its own.</summary>
    public void UseEmulatorOf(EngineWorkbench other)
    {
        _other = other.Emulator;
        Settings = Settings
            .With(SettingTable.ApiBaseUrl, other.Settings.Get(SettingTable.ApiBaseUrl))
            .With(SettingTable.UploadBaseUrl, other.Settings.Get(SettingTable.UploadBaseUrl));
    }

    /// <summary>
    /// Makes the waits of uploads take no time. Because they move the clock, requests and the whole run may then take
    /// longer than all waits together.
    /// </summary>
    public void SkipWaits() => UseClock(new SkippingClock());

    private void UseClock(SkippingClock clock)
    {
        Settings = Settings
            .With(SettingTable.RequestTimeout, (int)RequestTimeout.TotalSeconds)
            .With(SettingTable.Timeout, 2 * (int)RequestTimeout.TotalSeconds);
        _clock = clock;
    }

    /// <summary>Lets time pass for uploads, after <see cref="SkipWaits"/>.</summary>
    public void Advance(TimeSpan time) => _clock!.Advance(time);

    /// <summary>Writes files <c>/f/0.bin</c>, <c>/f/1.bin</c>, … of different contents and sizes.</summary>
    public void WriteFiles(int count)
    {
        for (var i = 0; i < count; i++)
        {
            WriteFile(i, $"content of file {i} {new string('.', i * 7)}");
        }
    }

    public void WriteFile(int number, string content) => Write($"assets/f/{number}.bin", content);

    public async Task<UploadResult> UploadAsync()
    {
        Logger = new RecordingLogger();
        var context = CreateContext(Logger);
        var assets = new AssetCollector(context).Collect(new CollectRequest { Settings = Settings });
        var progress = new UploadProgress(assets.Count);
        var upload = new UploadPipeline(context).UploadAsync(assets, Settings, progress, Cancellation ?? Token);
        return (UploadResult)(await upload.WithinAsync("the upload", Deadline.Build))!;
    }

    public Task<UploadPlan> PlanAsync()
    {
        Logger = new RecordingLogger();
        var context = CreateContext(Logger);
        var assets = new AssetCollector(context).Collect(new CollectRequest { Settings = Settings });
        return new UploadPipeline(context).PlanAsync(assets, Settings, Token);
    }

    public override EngineContext CreateContext(IAssetLogger logger) =>
        base.CreateContext(logger) with
        {
            GetEnvironmentVariable = Variables.GetValueOrDefault,
            RedisTimings = RedisTimings,
            Files = Files,
            LockDirectory = LockDirectory,
            Observer = Observer,
        };

    public AssetManifest ReadManifest() =>
        JsonSerializer.Deserialize(File.ReadAllBytes(Settings.ManifestPath), ManifestJson.Format.AssetManifest)!;

    /// <summary>
    /// Asserts that the manifest names every file, each as an Asset Version that the Service stores with its content,
    /// path, visibility and content type, and that the Service has one Asset for each path.
    /// </summary>
    public async Task AssertCompleteAsync(int files)
    {
        Assert.Equal(files, ReadManifest().Assets.Count);
        await AssertVersionsAsync();
        UsedEmulator.Faults = new EmulatorFaults();
        var names = await UsedEmulator.GetAssetNamesAsync(ServiceName);
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(files, names.Count);
    }

    /// <summary>Asserts that each Asset Version of the manifest has the content and the settings of its file.</summary>
    public async Task AssertVersionsAsync()
    {
        var manifest = ReadManifest();
        Assert.Equal(manifest.Assets.Select(asset => asset.AssetVersionSid), manifest.AssetVersions);
        foreach (var asset in manifest.Assets)
        {
            var version = await UsedEmulator.GetVersionAsync(asset.AssetVersionSid);
            Assert.Equal(
                (asset.Path, asset.Visibility.ToWireValue(), asset.ContentType, asset.AssetSid),
                (
                    version.Text("path"),
                    version.Text("visibility"),
                    version.Text("content_type"),
                    version.Text("asset_sid")
                )
            );
            Assert.Equal(
                File.ReadAllBytes(PathOf(asset.File)),
                await UsedEmulator.GetContentAsync(asset.AssetVersionSid)
            );
        }
    }
}
