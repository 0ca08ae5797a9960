using Serverless.Assets.Settings;
using Serverless.Assets.State.Redis;
using Serverless.Assets.Tests.TestSupport;
using Serverless.Assets.Upload;
using StackExchange.Redis;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>Agents without a state of their own that share one through a Redis server.</summary>
public abstract class RedisStateTest : IAsyncLifetime
{
    private readonly List<EngineWorkbench> _agents = [];

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected RedisServer Server { get; } = RedisServer.Start();

    /// <summary>The one whose emulator all use.</summary>
    private protected EngineWorkbench First => _agents[0];

    private protected TestEmulator Emulator => First.Emulator;

    private protected IDatabase Database { get; private set; } = null!; // set by InitializeAsync

    private IConnectionMultiplexer Connection { get; set; } = null!; // set by InitializeAsync

    public virtual async ValueTask InitializeAsync()
    {
        Connection = await Server.ConnectAsync();
        Database = Connection.GetDatabase();
        await AddAgentAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        await Connection.DisposeAsync();
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds an agent: another machine, with the same files as the first one.</summary>
    private protected async Task<EngineWorkbench> AddAgentAsync(params (string Variable, string Value)[] environment)
    {
        var agent = await EngineWorkbench.StartAsync();
        agent.Settings = agent.Settings.With(SettingTable.StateStore, Server.Url);
        agent.RedisTimings = new RedisTimings { Poll = TimeSpan.FromMilliseconds(5) };
        agent.Variables = environment.ToDictionary(
            variable => variable.Variable,
            variable => variable.Value,
            StringComparer.Ordinal
        );
        if (_agents.Count > 0)
        {
            agent.UseEmulatorOf(First);
        }

        _agents.Add(agent);
        return agent;
    }

    /// <summary>Uploads exactly these files.</summary>
    /// <returns>The paths of the files that the agent uploaded itself.</returns>
    private protected static async Task<string[]> UploadAsync(
        EngineWorkbench agent,
        params (string File, string Content)[] files
    )
    {
        if (Directory.Exists(agent.PathOf("assets")))
        {
            Directory.Delete(agent.PathOf("assets"), recursive: true);
        }

        foreach (var (file, content) in files)
        {
            agent.Write($"assets/{file}", content);
        }

        return GetUploaded(await agent.UploadAsync());
    }

    private protected static string[] GetUploaded(Serverless.Assets.Results.UploadResult upload) =>
        [.. upload.Assets.Where(asset => asset.Status == AssetStatus.Uploaded).Select(asset => asset.Local.Path.Value)];

    private protected async Task<string[]> GetKeysAsync() =>
        [
            .. ((RedisKey[])(await Database.ExecuteAsync("KEYS", "*"))!)
                .Select(key => key.ToString())
                .Order(StringComparer.Ordinal),
        ];
}
