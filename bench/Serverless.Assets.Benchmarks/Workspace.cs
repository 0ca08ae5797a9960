using System.Globalization;
using Serverless.Assets.Discovery;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Benchmarks;

/// <summary>A folder with files, and an emulator to upload them to.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;

    private Workspace() { }

    public EmulatorProcess Emulator { get; private set; } = null!;

    public static async Task<Workspace> CreateAsync()
    {
        var workspace = new Workspace();
        workspace.Emulator = await EmulatorProcess
            .StartAsync(Path.Combine(workspace._folder, "emulator"))
            .ConfigureAwait(false);
        return workspace;
    }

    public void WriteFiles(int count, int size)
    {
        for (var i = 0; i < count; i++)
        {
            WriteFile(i, size);
        }
    }

    public void WriteFile(int number, int size)
    {
        var file = Path.Combine(
            _folder,
            "assets",
            $"folder-{number % 10}",
            string.Create(CultureInfo.InvariantCulture, $"file-{number}.bin")
        );
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

    public async Task<UploadResult?> UploadAsync(string service = "bench")
    {
        var settings = new SettingValues(new ProjectContext(_folder))
            .With(SettingTable.ServiceName, service)
            .With(SettingTable.CreateService, true)
            .With(SettingTable.Emulator, true)
            .With(SettingTable.ApiBaseUrl, Emulator.Address.OriginalString)
            .With(SettingTable.UploadBaseUrl, Emulator.Address.OriginalString)
            .With(SettingTable.StatePath, Path.Combine(_folder, "state", service))
            .With(SettingTable.ManifestPath, Path.Combine(_folder, "manifest", $"{service}.json"));
        var context = new EngineContext { Logger = new SilentLogger() };
        var assets = new AssetCollector(context).Collect(new CollectRequest { Settings = settings });
        var progress = new UploadProgress(assets.Count);
        return (UploadResult?)
            await new UploadPipeline(context)
                .UploadAsync(assets, settings, progress, CancellationToken.None)
                .ConfigureAwait(false);
    }

    public void Dispose()
    {
        Emulator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
