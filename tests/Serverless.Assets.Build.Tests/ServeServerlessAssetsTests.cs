using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>In real time, because the emulator is a process that takes time to start and to stop.</summary>
public sealed class ServeServerlessAssetsTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task It_serves_the_data_at_the_address_of_the_build_until_it_is_canceled()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        string address;
        await using (var earlier = await TestEmulator.OpenAsync(bench.Data))
        {
            await earlier.Api.CreateServiceAsync();
            address = earlier.Url;
        }

        var task = Create(bench);
        var running = Task.Run(task.Execute, Workbench.Token);
        var message = $"Browse the emulator at {address}/. Press Ctrl+C to stop it.";
        await _engine.WaitForAsync(logged => logged.Message == message);
        using (var api = new ApiClient(new Uri(address)))
        {
            Assert.Contains(">shop</a>", (await api.GetAsync("/")).Text, StringComparison.Ordinal);
        }

        task.Cancel();

        Assert.False(await running.WithinAsync("the end of the canceled task"));
        Assert.Equal([new LoggedEvent("High", message)], _engine.Log.Where(logged => logged.Kind != "warning"));
        await using var next = await TestEmulator.OpenAsync(bench.Data); // the folder is no longer in use
    }

    [Fact]
    public async Task An_emulator_that_runs_on_the_data_is_named()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        await using var other = await TestEmulator.OpenAsync(bench.Data);

        Assert.False(Create(bench).Execute());

        var error = Assert.Single(_engine.Log);
        Assert.Equal("SAB1011", error.Code);
        Assert.Contains(other.Url, error.Message, StringComparison.Ordinal);
    }

    private ServeServerlessAssets Create(Workbench bench)
    {
        var task = bench.CreateTask<ServeServerlessAssets>(_engine);
        task.EmulatorAssembly = Repository.EmulatorAssembly;
        task.Set(SettingTable.EmulatorData, bench.Data);
        return task;
    }
}
