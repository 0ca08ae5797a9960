using Serverless.Assets.Settings;
using Serverless.Assets.State.Redis;
using Serverless.Assets.Tests.TestSupport;
using Serverless.Assets.Upload;
using StackExchange.Redis;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>Agents without a state of their own that share one through a Redis server.</summary>
public abstract class RedisStateTest : IAsyncLifetime
{
    /// <summary>That the agents of <see cref="UploadTogetherAsync"/> have.</summary>
    private protected const int Files = 60;

    private readonly List<EngineWorkbench> _agents = [];

    /// <summary>With a server in this process.</summary>
    private protected RedisStateTest()
        : this(RedisServer.Start()) { }

    private protected RedisStateTest(ITestRedis server) => Server = server;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected ITestRedis Server { get; }

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

    /// <summary>
    /// The codes of the warnings, except that of Assets with the same name: agents that create Assets without taking
    /// turns can see those of each other until they have been resolved.
    /// </summary>
    private protected static string[] GetWarnings(EngineWorkbench agent) =>
        [.. agent.Logger.Warnings.Select(warning => warning.Code).Where(code => code != "SAB3008")];

    /// <summary>Uploads the same files on several agents at once, and checks what each manifest names.</summary>
    private protected async Task<EngineWorkbench[]> UploadTogetherAsync(int count, Action? whenHalfDone = null)
    {
        while (_agents.Count < count)
        {
            await AddAgentAsync();
        }

        var uploads = 0;
        foreach (var agent in _agents)
        {
            agent.WriteFiles(Files);
            agent.HttpHandler = () =>
                InterceptingHandler.Observe(request =>
                {
                    if (
                        request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal)
                        && Interlocked.Increment(ref uploads) == Files / 2
                    )
                    {
                        whenHalfDone?.Invoke();
                    }
                });
        }

        await Task.WhenAll(_agents.Select(agent => agent.UploadAsync()));

        Assert.All(_agents, agent => Assert.Equal(Files, agent.ReadManifest().Assets.Count));
        foreach (var agent in _agents)
        {
            await agent.AssertVersionsAsync();
        }

        return [.. _agents];
    }
}
