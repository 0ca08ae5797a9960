using Serverless.Assets.Diagnostics;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Faults;

/// <summary>A full disk costs the memory of a run, never the run; and a manifest is whole or not there.</summary>
public sealed class DiskFaultTests
{
    [Fact]
    public async Task Without_room_for_the_state_the_run_succeeds_with_one_warning()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(20);
        service.Files.OnOpenExclusive = _ => throw new IOException("No space left on device");

        await service.UploadAsync();

        Assert.Equal(["SAB5001"], service.Logger.Warnings.Select(warning => warning.Code));
        await service.AssertCompleteAsync(20);
    }

    [Fact]
    public async Task A_disk_that_fills_up_midway_costs_one_warning()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(20);
        var opened = 0;
        var disk = new Assets.Files.PhysicalFileSystem();
        service.Files.OnOpenExclusive = path =>
            Interlocked.Increment(ref opened) > 8
                ? throw new IOException("No space left on device")
                : disk.OpenExclusive(path);

        await service.UploadAsync();

        Assert.Equal(["SAB5003"], service.Logger.Warnings.Select(warning => warning.Code));
        await service.AssertCompleteAsync(20);
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_moved_is_one_error_before_anything_is_sent()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(1);
        await service.UploadAsync();
        service.WriteFiles(50);
        service.WriteFile(0, "changed");
        service.Files.BeforeMove = _ => throw new UnauthorizedAccessException("Access to the path is denied");
        await service.Emulator.ResetStatsAsync();

        var failure = await Assert.ThrowsAsync<AssetException>(() => service.UploadAsync());

        Assert.Equal(["SAB5004"], failure.Diagnostics.Select(error => error.Code));
        Assert.Equal(0, await service.Emulator.CountUploadsAsync());
    }

    [Fact]
    public async Task A_manifest_that_cannot_be_written_fails_the_run_but_keeps_its_uploads()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(5);
        service.Files.BeforeWrite = path =>
        {
            if (path == service.Settings.ManifestPath)
            {
                throw new IOException("No space left on device");
            }
        };

        var failure = await Assert.ThrowsAsync<AssetException>(() => service.UploadAsync());

        Assert.Equal(["SAB5004"], failure.Diagnostics.Select(error => error.Code));
        Assert.False(File.Exists(service.Settings.ManifestPath));

        service.Files.BeforeWrite = null;
        var result = await service.UploadAsync();
        Assert.All(result.Assets, asset => Assert.Equal(AssetStatus.Unchanged, asset.Status));
        await service.AssertCompleteAsync(5);
    }

    [Fact]
    public async Task Too_many_open_files_only_delay_a_run()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(20);
        var disk = new Assets.Files.PhysicalFileSystem();
        var (read, written) = (0, 0);
        service.Files.OnOpenRead = path =>
            Interlocked.Increment(ref read) % 3 == 0 ? disk.OpenUnlinked(path) : throw TooManyOpenFiles();
        service.Files.OnOpenExclusive = path =>
            Interlocked.Increment(ref written) is < 4 or > 6 ? disk.OpenExclusive(path) : throw TooManyOpenFiles();

        await service.UploadAsync();

        Assert.Empty(service.Logger.Warnings);
        await service.AssertCompleteAsync(20);
        service.Files.OnOpenRead = null;
        var next = await service.UploadAsync();
        Assert.All(next.Assets, asset => Assert.Equal(AssetStatus.Unchanged, asset.Status));
    }

    private static IOException TooManyOpenFiles() =>
        new("Too many open files", OperatingSystem.IsWindows() ? unchecked((int)0x80070004) : 24);
}
