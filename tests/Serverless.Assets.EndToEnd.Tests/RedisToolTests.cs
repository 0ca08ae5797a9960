using System.Globalization;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Agents that run the tool at once, each with an empty state folder, and share their uploads through a Redis server.
/// </summary>
public sealed class RedisToolTests : IAsyncLifetime
{
    private const int Files = 120;
    private const int Agents = 5;
    private const string Service = "site";

    private readonly TempFolder _folder = new();
    private readonly RedisProcess _redis = RedisProcess.Start();
    private readonly Dictionary<string, string> _contentOfPath = [];
    private TestEmulator _emulator = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        // As the service: requests take some time, so agents that start one after another run at once.
        _emulator = await TestEmulator.StartInMemoryAsync(
            TimeProvider.System,
            new EmulatorFaults { LatencyMs = 300, AllowedConcurrency = 40 }
        );
        for (var i = 0; i < Files; i++)
        {
            var content = $"content of file {i}";
            _folder.Write($"assets/f/{i}.txt", content);
            _contentOfPath[string.Create(CultureInfo.InvariantCulture, $"/f/{i}.txt")] = content;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _redis.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Five_agents_share_the_uploads_and_a_late_one_uploads_nothing()
    {
        var runs = await RunAsync(StartAgents());

        Assert.All(runs, run => run.SucceededSilently());
        Assert.InRange(await _emulator.CountUploadsAsync(), Files, Files * 3 / 2);
        for (var agent = 0; agent < Agents; agent++)
        {
            await _emulator.AssertHoldsAsync(GetManifest(agent), Service, _contentOfPath);
        }

        await _emulator.ResetStatsAsync();
        var late = Assert.Single(await RunAsync([StartAgent(Agents)])).SucceededSilently();

        Assert.Equal(
            (0, Files),
            (late.Json.GetProperty("uploaded").GetInt32(), late.Json.GetProperty("unchanged").GetInt32())
        );
        Assert.Equal(0, await _emulator.CountUploadsAsync());
        await _emulator.AssertHoldsAsync(GetManifest(Agents), Service, _contentOfPath);
    }

    [Fact]
    public async Task All_agents_succeed_when_the_server_is_killed_midway()
    {
        var agents = StartAgents();
        await _emulator.WaitForUploadsAsync(Files / 3);

        _redis.Stop();

        var runs = await RunAsync(agents);
        Assert.All(
            runs,
            run =>
            {
                Assert.True(run.ExitCode == 0, run.Error);
                // Without turns, agents can see each other's Assets of the same name until these have been resolved.
                Assert.Equal(["SAB5020"], run.Codes.Where(code => code != "SAB3008"));
            }
        );
        for (var agent = 0; agent < Agents; agent++)
        {
            await _emulator.AssertHoldsAsync(GetManifest(agent), Service, _contentOfPath);
        }
    }

    private string GetManifest(int agent) => _folder[$"agent{agent}/manifest.json"];

    private CliProcess[] StartAgents() => [.. Enumerable.Range(0, Agents).Select(StartAgent)];

    private CliProcess StartAgent(int agent) =>
        CliProcess.Start(
            _folder.Path,
            new Dictionary<string, string>
            {
                ["TWILIO_API_KEY"] = TestCredentials.ApiKey,
                ["TWILIO_API_SECRET"] = TestCredentials.Secret,
            },
            "upload",
            "assets",
            "--json",
            "--quiet",
            "--state-store",
            _redis.Url,
            "--state-path",
            $"agent{agent}/state",
            "--manifest",
            $"agent{agent}/manifest.json",
            "--service-name",
            Service,
            "--create-service",
            "--api-base-url",
            _emulator.Url,
            "--upload-base-url",
            _emulator.Url
        );

    private static async Task<CliRun[]> RunAsync(CliProcess[] agents)
    {
        var runs = await Task.WhenAll(agents.Select(agent => agent.EndAsync()));
        Array.ForEach(agents, agent => agent.Dispose());
        return runs;
    }
}
