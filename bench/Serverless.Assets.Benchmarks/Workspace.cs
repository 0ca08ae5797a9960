using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Serverless.Assets.Deployment;
using Serverless.Assets.Discovery;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Benchmarks;

/// <summary>A folder with files, and an emulator to upload them to.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>That of a user, but for benchmarks. Each emulator has its own address, so old files do not matter.</summary>
    private static readonly string LockDirectory = Path.Combine(Path.GetTempPath(), "serverless-assets-bench-locks");

    private readonly Uri? _address;
    private EmulatorProcess? _emulator;

    private Workspace(string folder, Uri? address)
    {
        Folder = folder;
        _address = address;
    }

    public string Folder { get; }

    /// <summary>Where uploads are remembered: <c>file</c>, <c>site</c> or the URL of a Redis server.</summary>
    public string StateStore { get; init; } = "file";

    public EmulatorProcess Emulator => _emulator!;

    public Uri Address => _address ?? Emulator.Address;

    private string AssetFolder => Path.Combine(Folder, "assets");

    /// <summary>Creates a folder and starts an emulator.</summary>
    public static async Task<Workspace> CreateAsync(string stateStore = "file")
    {
        var workspace = new Workspace(
            Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName,
            address: null
        )
        {
            StateStore = stateStore,
        };
        workspace._emulator = await EmulatorProcess.StartAsync().ConfigureAwait(false);
        return workspace;
    }

    /// <summary>Opens a folder, to upload its files to an emulator that someone else has started.</summary>
    public static Workspace Open(string folder, Uri emulator, string stateStore) =>
        new(folder, emulator) { StateStore = stateStore };

    /// <summary>Creates a folder inside this one, whose files are uploaded to the same emulator.</summary>
    public Workspace CreateChild(string name) =>
        new(Path.Combine(Folder, "children", name), Address) { StateStore = StateStore };

    /// <summary>Copies the files of another workspace into this one.</summary>
    public void CopyFilesFrom(Workspace other)
    {
        foreach (var file in Directory.EnumerateFiles(other.AssetFolder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(AssetFolder, Path.GetRelativePath(other.AssetFolder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <param name="first">The number of the first file.</param>
    public void WriteFiles(int count, int size, int first = 0)
    {
        for (var i = first; i < first + count; i++)
        {
            WriteFile(i, size);
        }
    }

    /// <summary>Moves all files away: some file systems are slow for a while after many files were deleted.</summary>
    public void RemoveFiles() => Directory.Move(AssetFolder, $"{AssetFolder}-{Guid.NewGuid():n}");

    public void WriteFile(int number, int size)
    {
        var file = GetFile(number);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // In pieces: what writes the files must not need more memory than what uploads them.
        var piece = new byte[Math.Min(size, 64 * 1024)];
        using var stream = File.Create(file);
        for (var left = size; left > 0; left -= piece.Length)
        {
            Random.Shared.NextBytes(piece);
            stream.Write(piece, 0, Math.Min(left, piece.Length));
        }
    }

    public Task<UploadResult?> UploadAsync(string service = "bench") =>
        UploadAsync(service, progress: null, CancellationToken.None);

    public async Task<UploadResult?> UploadAsync(
        string service,
        UploadProgress? progress,
        CancellationToken cancellationToken
    )
    {
        var settings = GetSettings(service);
        var context = new EngineContext { Logger = new SilentLogger(), LockDirectory = LockDirectory };
        var assets = new AssetCollector(context).Collect(new CollectRequest { Settings = settings }, cancellationToken);
        return (UploadResult?)
            await new UploadPipeline(context)
                .UploadAsync(assets, settings, progress ?? new UploadProgress(assets.Count), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Deploys what was uploaded last.</summary>
    public Task<DeployResult> DeployAsync(string service = "bench") =>
        new DeploymentPipeline(new EngineContext { Logger = new SilentLogger() }).DeployAsync(
            GetSettings(service),
            prepared: null,
            CancellationToken.None
        );

    /// <summary>Deletes the Assets that nobody has uploaded to for some days, and that no Build contains.</summary>
    public Task<PruneResult> PruneAsync(string olderThan, string service = "bench") =>
        new MaintenancePipeline(new EngineContext { Logger = new SilentLogger() }).PruneAsync(
            GetSettings(service).With(SettingTable.PruneOlderThan, olderThan),
            new PrunePrompt(_ => { }, _ => Task.FromResult(true)),
            CancellationToken.None
        );

    /// <summary>Measures how long a run takes, and which share of its requests gets 429.</summary>
    public async Task<Throttled> MeasureAsync(Func<Task> run)
    {
        await Emulator.ResetStatsAsync().ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        await run().ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        var stats = await Emulator.StatsAsync().ConfigureAwait(false);
        var throttled = stats.GetProperty("faults").TryGetProperty("429", out var count) ? count.GetDouble() : 0;
        return new Throttled(seconds, 100 * throttled / stats.GetProperty("requests").GetDouble());
    }

    /// <summary>Deletes a Service, because an account has 50 at most.</summary>
    public async Task ResetAsync(string service)
    {
        await Emulator.SetFaultsAsync("{}").ConfigureAwait(false);
        await Emulator.DeleteAsync($"/v1/Services/{service}").ConfigureAwait(false);
    }

    /// <summary>Counts the Asset Versions of the last manifest that do not have the content of their file.</summary>
    public async Task<int> CountWrongVersionsAsync(string service, EmulatorProcess emulator)
    {
        using var manifest = JsonDocument.Parse(
            await File.ReadAllBytesAsync(GetManifest(service)).ConfigureAwait(false)
        );
        var wrong = 0;
        foreach (var asset in manifest.RootElement.GetProperty("assets").EnumerateArray())
        {
            var stored = await emulator
                .ContentAsync(asset.GetProperty("assetVersionSid").GetString()!)
                .ConfigureAwait(false);
            var file = Path.Combine([AssetFolder, .. asset.GetProperty("path").GetString()!.Split('/')]);
            var expected = await File.ReadAllBytesAsync(file).ConfigureAwait(false);
            wrong += expected.SequenceEqual(stored) ? 0 : 1;
        }

        return wrong;
    }

    /// <summary>Makes the machine forget what it has uploaded, if it has uploaded anything.</summary>
    public void DeleteState(string service)
    {
        if (Directory.Exists(GetStateFolder(service)))
        {
            Directory.Delete(GetStateFolder(service), recursive: true);
        }
    }

    public void Dispose()
    {
        if (_emulator is not null)
        {
            _emulator.Dispose();
            Directory.Delete(Folder, recursive: true);
        }
    }

    private SettingValues GetSettings(string service) =>
        new SettingValues(new ProjectContext(Folder))
            .With(SettingTable.ServiceName, service)
            .With(SettingTable.CreateService, true)
            .With(SettingTable.Emulator, true)
            .With(SettingTable.ServiceLimits, "Warn")
            .With(SettingTable.ApiBaseUrl, Address.OriginalString)
            .With(SettingTable.UploadBaseUrl, Address.OriginalString)
            .With(SettingTable.StatePath, GetStateFolder(service))
            .With(SettingTable.StateStore, StateStore)
            .With(SettingTable.ManifestPath, GetManifest(service));

    /// <summary>The path of a file on the site.</summary>
    public static string GetPath(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"/folder-{number % 10}/file-{number}.bin");

    /// <summary>The SHA-256 of a file in hexadecimal digits.</summary>
    public string GetSha256(int number) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(GetFile(number))));

    private string GetFile(int number) =>
        Path.Combine([AssetFolder, .. GetPath(number).Split('/', StringSplitOptions.RemoveEmptyEntries)]);

    private string GetManifest(string service) => Path.Combine(Folder, "manifest", $"{service}.json");

    private string GetStateFolder(string service) => Path.Combine(Folder, "state", service);
}
