using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

public sealed class StartServerlessEmulatorTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task It_starts_a_program_that_ends_with_the_build_and_leaves_its_data()
    {
        await using var bench = Workbench.Create();
        var task = Create(bench);
        task.Set(SettingTable.EmulatorData, bench.Data + Path.DirectorySeparatorChar); // folders of MSBuild end with one

        Assert.True(task.Execute());

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains(
            "\"requests\":0",
            await http.GetStringAsync(new Uri(task.BaseUrl + "/__emulator/stats"), Workbench.Token),
            StringComparison.Ordinal
        );
        Assert.Equal($"dotnet \"{Repository.EmulatorAssembly}\" --data \"{bench.Data}\"", task.ServeCommand);
        Assert.Empty(_engine.All);
        var pid = ReadPid(bench);

        EndBuild();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
        Assert.True(File.Exists(Path.Combine(bench.Data, "emulator.db")));
        await using var again = await TestEmulator.OpenAsync(bench.Data);
    }

    [Fact]
    public async Task It_finds_the_one_that_runs_on_the_same_data()
    {
        await using var bench = await Workbench.StartAsync();
        var task = Create(bench);
        task.EmulatorAssembly = "not needed.dll";

        Assert.True(task.Execute());

        Assert.Equal(bench.Emulator.Url, task.BaseUrl);
        Assert.Empty(_engine.TaskObjects);
        Assert.Empty(_engine.All);
    }

    [Theory]
    [InlineData("""{"url":"http://127.0.0.1:1","pid":1}""")]
    [InlineData("""{"url":"http://example.invalid","pid":1}""")]
    [InlineData("""{"url":7}""")]
    [InlineData("""{"pid":1}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Files_left_by_a_killed_emulator_do_not_prevent_a_start(string left)
    {
        await using var bench = Workbench.Create();
        Directory.CreateDirectory(bench.Data);
        File.WriteAllText(Path.Combine(bench.Data, "emulator.json"), left);
        var task = Create(bench);

        Assert.True(task.Execute());

        Assert.NotEqual(Environment.ProcessId, ReadPid(bench));
        Assert.Empty(_engine.All);
        EndBuild();
    }

    [Fact]
    public async Task An_emulator_that_exits_immediately_is_an_error_with_its_own_message()
    {
        await using var bench = Workbench.Create();
        File.WriteAllText(bench.Data, "a file where the folder should be");
        var reason = Assert.Throws<IOException>(() => Directory.CreateDirectory(bench.Data)).Message;
        var task = Create(bench);

        Assert.False(task.Execute());

        Assert.Equal([Failed(bench, reason)], _engine.All);
        Assert.Empty(_engine.TaskObjects);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_an_error()
    {
        await using var bench = Workbench.Create();
        var host = bench.PathOf("no-dotnet");
        var reason = Assert
            .Throws<Win32Exception>(() =>
                Process.Start(
                    new ProcessStartInfo(host)
                    {
                        UseShellExecute = false,
                        WorkingDirectory = Path.GetDirectoryName(Repository.EmulatorAssembly),
                    }
                )
            )
            .Message;
        var task = Create(bench);
        task.DotNetHost = host;

        Assert.False(task.Execute());

        Assert.Equal([Failed(bench, reason)], _engine.All);
    }

    private static LoggedEvent Failed(Workbench bench, string reason) =>
        LoggedEvent.Error(
            "SAB1011",
            $"The emulator did not start: {reason.TrimEnd('.')}. Start it yourself to see its full output (dotnet \"{Repository.EmulatorAssembly}\" --data \"{bench.Data}\")."
        );

    private StartServerlessEmulator Create(Workbench bench)
    {
        var task = bench.CreateTask<StartServerlessEmulator>(_engine);
        task.EmulatorAssembly = Repository.EmulatorAssembly;
        task.Set(SettingTable.EmulatorData, bench.Data);
        return task;
    }

    private static int ReadPid(Workbench bench) =>
        JsonSerializer
            .Deserialize<JsonElement>(File.ReadAllText(Path.Combine(bench.Data, "emulator.json")))
            .GetProperty("pid")
            .GetInt32();

    /// <summary>What MSBuild does at the end of a build.</summary>
    private void EndBuild() =>
        Assert.IsType<IDisposable>(Assert.Single(_engine.TaskObjects).Value, exactMatch: false).Dispose();
}
