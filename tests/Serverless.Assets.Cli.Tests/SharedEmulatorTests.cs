using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Serverless.Assets.Cli.Tests;

/// <summary>Several processes with <c>--emulator</c> on the same data, of which the first starts the emulator.</summary>
public sealed class SharedEmulatorTests : IDisposable
{
    private const string NoSignals = "Windows has no such signals.";
    private const int Runs = 2;
    private const int Files = 60;

    private readonly TempFolder _folder = new();
    private readonly List<CliProcess> _started = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private string Announced => _folder["data/emulator.json"];

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task The_emulator_survives_the_run_that_started_it_and_ends_with_the_last_one(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignals);
        var first = Start(0);
        var (url, pid) = await ReadEmulatorAsync();
        await SetLatencyAsync(url, 100);
        CliProcess[] others = [.. Enumerable.Range(1, Runs).Select(i => Start(i))];
        await WaitForUploadsAsync(url, Enumerable.Range(0, Runs + 1)).WithinAsync("an upload of each run");

        await first.SignalAsync(signal);
        await first.Exited.WithinAsync("the first run");

        Assert.True(IsRunning(pid));
        await SetLatencyAsync(url, 0);
        await AssertSucceedAsync(others);
        Assert.False(IsRunning(pid), "The emulator is still running.");
        await AssertStoredAsync(Enumerable.Range(1, Runs));
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public async Task When_the_emulator_ends_one_of_its_users_starts_it_again(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NoSignals);
        var first = Start(0);
        var (url, pid) = await ReadEmulatorAsync();
        await SetLatencyAsync(url, 100);
        CliProcess[] others = [.. Enumerable.Range(1, Runs).Select(i => Start(i))];
        await WaitForUploadsAsync(url, Enumerable.Range(0, Runs + 1)).WithinAsync("an upload of each run");

        await ChildProcess.SendSignalAsync(pid, signal);

        await AssertSucceedAsync([first, .. others]);
        Assert.False(File.Exists(Announced), "The emulator is still running.");
        await AssertStoredAsync(Enumerable.Range(0, Runs + 1));
    }

    [Fact]
    public async Task Runs_that_start_at_the_same_time_share_one_emulator()
    {
        CliProcess[] runs = [.. Enumerable.Range(0, 5).Select(i => Start(i))];

        await AssertSucceedAsync(runs);

        Assert.False(File.Exists(Announced), "The emulator is still running.");
        await AssertStoredAsync(Enumerable.Range(0, 5));
    }

    [Fact]
    public async Task The_emulator_inherits_no_credentials()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not show the environment of a process.");
        var run = Start(
            0,
            ("TWILIO_API_KEY", Workbench.User),
            ("TWILIO_API_SECRET", Workbench.Secret),
            ("TWILIO_ANYTHING", Workbench.Secret),
            ("Twilio_Auth_Token", Workbench.Secret),
            ("OTHER", "inherited")
        );
        var (_, pid) = await ReadEmulatorAsync();

        var environment = await File.ReadAllTextAsync($"/proc/{pid}/environ", Workbench.Token);

        Assert.Contains("OTHER=inherited", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("twilio_", environment, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Workbench.Secret, environment, StringComparison.Ordinal);
        await AssertSucceedAsync([run]);
    }

    public void Dispose()
    {
        _started.ForEach(run => run.Dispose());
        _http.Dispose();
        _folder.Dispose();
    }

    private CliProcess Start(int project, params (string Name, string Value)[] environment)
    {
        for (var i = 0; i < Files; i++)
        {
            _folder.Write($"p{project}/assets/{i}.txt", $"{project} {i}");
        }

        var run = CliProcess.Start(
            _folder.Path,
            environment.ToDictionary(variable => variable.Name, variable => variable.Value),
            "upload",
            "--project",
            $"p{project}",
            "--emulator",
            "--emulator-data",
            _folder["data"],
            "--max-concurrency",
            "1",
            "--quiet"
        );
        _started.Add(run);
        return run;
    }

    private async Task<(string Url, int ProcessId)> ReadEmulatorAsync()
    {
        await FileSignal.WaitForAsync(Announced);
        var json = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Announced, Workbench.Token));
        return (json.Text("url")!, json.GetProperty("pid").GetInt32());
    }

    /// <summary>With a latency, no run is done before the test goes on.</summary>
    private async Task SetLatencyAsync(string url, int latencyMs)
    {
        using var faults = JsonContent.Create(new { latencyMs });
        using var response = await _http.PutAsync(new Uri($"{url}/__emulator/faults"), faults, Workbench.Token);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until each project has uploaded a file. The latency of the requests paces the loop.</summary>
    private static async Task WaitForUploadsAsync(string url, IEnumerable<int> projects)
    {
        using var api = new ApiClient(new Uri(url));
        foreach (var project in projects)
        {
            string[] paths;
            do
            {
                Workbench.Token.ThrowIfCancellationRequested();
                (await api.GetAsync("/v1/Services")).Ok();
                var state = (await api.GetAsync("/__emulator/services")).Ok();
                paths =
                [
                    .. state
                        .GetProperty("services")
                        .EnumerateArray()
                        .Where(service => service.Text("unique_name") == $"p{project}")
                        .SelectMany(service => service.All("asset_versions", "path")),
                ];
            } while (paths.Length == 0);
        }
    }

    private static async Task AssertSucceedAsync(CliProcess[] runs)
    {
        foreach (var run in await Task.WhenAll(runs.Select(run => run.EndAsync())))
        {
            Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.ErrorLines.Where(IsUnexpected))));
        }
    }

    /// <summary>The run that starts the emulator tells where its data is.</summary>
    private static bool IsUnexpected(string line) => !line.StartsWith("The emulator's data", StringComparison.Ordinal);

    private async Task AssertStoredAsync(IEnumerable<int> projects)
    {
        await using var emulator = await TestEmulator.OpenAsync(_folder["data"]);
        var expected = projects
            .SelectMany(project => Enumerable.Range(0, Files).Select(i => $"/{i}.txt public {project} {i}"))
            .Order(StringComparer.Ordinal);
        var actual = (await emulator.DescribeContentsAsync()).Order(StringComparer.Ordinal);
        Assert.Empty(expected.Except(actual));
    }

    /// <summary>Whether a process runs. One that has ended but that its parent has not asked about does not.</summary>
    private static bool IsRunning(int pid)
    {
        var status = $"/proc/{pid}/stat";
        if (OperatingSystem.IsLinux())
        {
            return File.Exists(status) && !File.ReadAllText(status).Contains(") Z ", StringComparison.Ordinal);
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
