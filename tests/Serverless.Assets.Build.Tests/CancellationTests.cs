using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

public sealed class CancellationTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task A_cancelled_upload_ends_at_once_without_an_error_and_remembers_what_was_done()
    {
        // The second run, one request at a time: find the Service, then one upload for each changed file. The last one
        // hangs.
        const int LastRequest = 3;
        await using var bench = await Workbench.StartAsync();
        var assets = bench.Collect(
            Workbench.Item(bench.Write("a.txt", "a")),
            Workbench.Item(bench.Write("b.txt", "b"))
        );
        Assert.True(bench.UploadTask(new CapturingBuildEngine(), assets).Execute());
        bench.Write("a.txt", "changed a");
        bench.Write("b.txt", "changed b");
        bench.Emulator.Faults = new EmulatorFaults { HangNthRequest = LastRequest };
        var task = bench.UploadTask(_engine, assets);
        task.Set(SettingTable.MaxConcurrency, "1");

        var running = Task.Run(task.Execute, Workbench.Token);
        await bench.Emulator.WaitForHangAsync(); // not only sent: the next run's request would be the one that hangs
        await _engine.WaitForAsync(logged => logged.Message.StartsWith("Uploaded ", StringComparison.Ordinal));
        task.Cancel();

        Assert.False(await running.WithinAsync("the end of the canceled task"));
        Assert.Equal(
            [LoggedEvent.Warning("SAB3010", "Canceled with 1 of 2 files done. Run again to upload the rest.")],
            _engine.Log.Where(logged => logged.Kind != "High")
        );
        Assert.Empty(task.AssetVersions);
        Assert.False(File.Exists(bench.ManifestPath));

        var next = bench.UploadTask(new CapturingBuildEngine(), assets);
        Assert.True(next.Execute());
        Assert.Equal(
            ["Unchanged", "Uploaded"],
            next.AssetVersions.Select(version => version.GetMetadata("Status")).Order(StringComparer.Ordinal)
        );
        Assert.Equal(4, (await bench.Emulator.DescribeVersionsAsync()).Length);
    }

    /// <summary>In its task host MSBuild calls Cancel some hundred thousand times a second.</summary>
    [Fact]
    public async Task Cancelling_thousands_of_times_is_as_good_as_once()
    {
        await using var bench = await Workbench.StartAsync(new EmulatorFaults { HangNthRequest = 1 });
        var task = bench.UploadTask(_engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));

        var running = Task.Run(task.Execute, Workbench.Token);
        await bench.Emulator.WaitForHangAsync();
        Parallel.For(0, 20_000, _ => task.Cancel());

        Assert.False(await running.WithinAsync("the end of the canceled task"));
        task.Cancel();
        Assert.Equal(
            [LoggedEvent.Warning("SAB3010", "Canceled with 0 of 1 files done. Run again to upload the rest.")],
            _engine.Log
        );
    }

    [Fact]
    public async Task A_cancelled_start_of_the_emulator_starts_nothing()
    {
        await using var bench = Workbench.Create();
        var task = bench.CreateTask<StartServerlessEmulator>(_engine);
        task.EmulatorAssembly = Repository.EmulatorAssembly;
        task.Set(SettingTable.EmulatorData, bench.Data);
        task.Cancel();

        Assert.False(task.Execute());

        Assert.Empty(_engine.All);
        Assert.Empty(_engine.TaskObjects);
    }
}
