using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>In real time, because the emulator is a process that takes time to start and to stop.</summary>
public sealed class StartServerlessEmulatorTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task It_starts_a_program_that_ends_with_the_build_and_leaves_its_data()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        var task = Create(bench);
        task.Set(SettingTable.EmulatorData, bench.Data + Path.DirectorySeparatorChar); // folders of MSBuild end with one

        Assert.True(task.Execute());

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        Assert.Contains(
            "\"requests\":0",
            await http.GetStringAsync(new Uri(task.BaseUrl + "/__emulator/stats"), Workbench.Token),
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"dotnet build {bench.Project} -t:ServeServerlessAssets -tl:off -p:ServerlessAssetsEmulatorData={bench.Data}",
            task.ServeCommand
        );
        Assert.Empty(_engine.All);
        var pid = ReadPid(bench);
        string[] running = [.. Directory.GetFiles(bench.Data).Select(file => Path.GetFileName(file))];

        EndBuild();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
        Assert.Equal(ToolFiles.EmulatorFiles.Order(StringComparer.Ordinal), running.Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(bench.Data, "emulator.db")));
        await using var again = await TestEmulator.OpenAsync(bench.Data);
    }

    [Theory]
    [InlineData("site", "", "dotnet build -t:ServeServerlessAssets -tl:off")]
    [InlineData("", "", "dotnet build site -t:ServeServerlessAssets -tl:off")]
    [InlineData("site", "Other.csproj", "dotnet build Site.csproj -t:ServeServerlessAssets -tl:off")]
    [InlineData("", "Other.csproj", "dotnet build site{0}Site.csproj -t:ServeServerlessAssets -tl:off")]
    public async Task The_command_is_as_short_as_it_can_be(string startup, string otherProject, string expected)
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        await using var emulator = await TestEmulator.OpenAsync(bench.PathOf("obj/serverless-assets/emulator"));
        bench.Write("Site.csproj", "<Project />");
        if (otherProject.Length > 0)
        {
            bench.Write(otherProject, "<Project />");
        }

        var task = bench.CreateTask<StartServerlessEmulator>(_engine);
        task.EmulatorAssembly = "not needed.dll";
        task.StartupDirectory = Path.Combine(Path.GetDirectoryName(bench.Project)!, startup);

        Assert.True(task.Execute());

        Assert.Equal(
            expected.Replace("{0}", $"{Path.DirectorySeparatorChar}", StringComparison.Ordinal),
            task.ServeCommand
        );
    }

    [Fact]
    public async Task It_finds_the_one_that_runs_on_the_same_data()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        await using var emulator = await TestEmulator.OpenAsync(bench.Data);
        var task = Create(bench);
        task.EmulatorAssembly = "not needed.dll";

        Assert.True(task.Execute());

        Assert.Equal(emulator.Url, task.BaseUrl);
        Assert.Empty(_engine.All);
        EndBuild();
        await emulator.GetStatsAsync(); // it still runs
    }

    [Fact]
    public async Task Projects_of_a_build_open_it_once()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        StartServerlessEmulator[] tasks = [.. Enumerable.Range(0, 4).Select(_ => Create(bench))];

        Assert.All(
            await Task.WhenAll(tasks.Select(task => Task.Run(task.Execute))).WithinAsync("all tasks"),
            Assert.True
        );

        Assert.Single(tasks.Select(task => task.BaseUrl).Distinct());
        Assert.Empty(_engine.All);
        EndBuild();
        Assert.False(File.Exists(Path.Combine(bench.Data, "emulator.json")));
    }

    [Fact]
    public async Task It_outlives_the_build_that_started_it_if_another_uses_it()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        var first = Create(bench);
        Assert.True(first.Execute());
        var other = bench.CreateTask<StartServerlessEmulator>(new CapturingBuildEngine());
        other.EmulatorAssembly = Repository.EmulatorAssembly;
        other.Set(SettingTable.EmulatorData, bench.Data);
        Assert.True(other.Execute());
        var pid = ReadPid(bench);

        EndBuild();

        Assert.Equal(first.BaseUrl, other.BaseUrl);
        using var api = new ApiClient(new Uri(other.BaseUrl));
        (await api.GetAsync("/v1/Services")).Ok();
        var engine = Assert.IsType<CapturingBuildEngine>(other.BuildEngine);
        Assert.IsType<IDisposable>(Assert.Single(engine.TaskObjects).Value, exactMatch: false).Dispose();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    [Fact]
    public async Task It_is_started_again_at_its_address_when_it_is_killed_during_the_build()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        var task = Create(bench);
        Assert.True(task.Execute());
        var pid = ReadPid(bench);
        using var api = new ApiClient(new Uri(task.BaseUrl));
        await api.CreateServiceAsync();

        var next = FileSignal.WaitForNewAsync(Path.Combine(bench.Data, "emulator.json"));
        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
        }

        await next;
        Assert.Equal(["shop"], (await api.GetAsync("/v1/Services")).Ok().All("services", "unique_name"));
        var second = ReadPid(bench);
        Assert.NotEqual(pid, second);
        EndBuild();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(second));
    }

    /// <summary>At various moments of the restart.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_stops_with_a_build_that_ends_while_it_is_started_again(bool waitsForAddress)
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        for (var round = 0; round < 2; round++)
        {
            var task = Create(bench);
            Assert.True(task.Execute());
            var next = FileSignal.WaitForNewAsync(Path.Combine(bench.Data, "emulator.json"));
            using (var process = Process.GetProcessById(ReadPid(bench)))
            {
                process.Kill();
            }

            if (waitsForAddress)
            {
                await next; // the emulator is about to listen, and has no lease yet
            }

            EndBuild();
            _engine.TaskObjects.Clear();

            await using var again = await TestEmulator.OpenAsync(bench.Data); // fails while another one runs
        }

        Assert.Empty(_engine.All);
    }

    [Fact]
    public async Task The_address_of_another_emulator_is_not_mistaken_for_that_of_this_data()
    {
        await using var bench = await Workbench.StartAsync(clock: TimeProvider.System);
        var data = bench.PathOf("other");
        Directory.CreateDirectory(data);
        File.WriteAllText(
            Path.Combine(data, "emulator.json"),
            $$"""{"url":"{{bench.Emulator.Url}}","pid":1,"id":"0123456789abcdef"}"""
        );
        var task = Create(bench);
        task.Set(SettingTable.EmulatorData, data);

        Assert.True(task.Execute());

        Assert.NotEqual(bench.Emulator.Url, task.BaseUrl);
        EndBuild();
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
        await using var bench = Workbench.Create(TimeProvider.System);
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
        await using var bench = Workbench.Create(TimeProvider.System);
        File.WriteAllText(bench.Data, "a file where the folder should be");
        var task = Create(bench);

        Assert.False(task.Execute());

        Assert.Equal(
            [
                Failed(
                    bench,
                    $"The data folder {bench.Data} can't be used: '{bench.Data}' is a file. "
                        + "Move it, or choose another data folder."
                ),
            ],
            _engine.All
        );
        Assert.Empty(_engine.TaskObjects);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_an_error()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
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

    [Fact]
    public async Task An_emulator_that_does_not_start_is_in_the_reports()
    {
        await using var bench = Workbench.Create(TimeProvider.System);
        var summary = bench.PathOf("summary.md");
        var report = bench.CreateTask<StartServerlessReport>(_engine);
        report.Set(SettingTable.SummaryPath, summary);
        Assert.True(report.Execute());
        var task = Create(bench);
        task.DotNetHost = bench.PathOf("no-dotnet");

        Assert.False(task.Execute());

        Assert.Contains("SAB1011", File.ReadAllText(summary), StringComparison.Ordinal);
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
