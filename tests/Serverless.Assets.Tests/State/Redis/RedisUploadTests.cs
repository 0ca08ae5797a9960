using Serverless.Assets.Emulator;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>What agents upload that share a state.</summary>
public class RedisUploadTests : RedisStateTest
{
    public RedisUploadTests() { }

    private protected RedisUploadTests(ITestRedis server)
        : base(server) { }

    [Theory]
    [InlineData("")]
    [InlineData(".protected")]
    [InlineData(".private")]
    public async Task A_late_agent_uploads_only_what_changed(string marker)
    {
        var file = $"a{marker}.txt";
        Assert.Equal(["/a.txt", "/b.txt"], await UploadAsync(First, (file, "first"), ("b.txt", "same")));
        var late = await AddAgentAsync();

        Assert.Empty(await UploadAsync(late, (file, "first"), ("b.txt", "same")));
        Assert.Equal(First.ReadManifest().AssetVersions, late.ReadManifest().AssetVersions);
        Assert.Equal(["/a.txt"], await UploadAsync(late, (file, "second"), ("b.txt", "same")));
        Assert.Equal(2, (await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)).Count);
        Assert.Empty(First.Logger.Warnings.Concat(late.Logger.Warnings));
    }

    /// <summary>Two branches, for instance. Each gets the version of its own content.</summary>
    [Fact]
    public async Task Agents_with_different_contents_of_a_file_share_its_Asset()
    {
        var other = await AddAgentAsync();
        First.Write("assets/a.txt", "one");
        other.Write("assets/a.txt", "two");

        await Task.WhenAll(First.UploadAsync(), other.UploadAsync());

        await First.AssertCompleteAsync(1);
        await other.AssertCompleteAsync(1);
        Assert.Empty(First.Logger.Warnings.Concat(other.Logger.Warnings));
    }

    /// <summary>The fault setting rejects what exceeds the limit, so each agent would find it by itself.</summary>
    [Fact]
    public async Task Agents_that_run_at_once_share_the_limit_of_the_account()
    {
        const int Files = 250; // enough for some heartbeats, after which a first estimate has been corrected
        EngineWorkbench[] agents = [First, await AddAgentAsync(), await AddAgentAsync()];
        foreach (var agent in agents)
        {
            agent.WriteFiles(Files);
        }

        Emulator.Faults = new EmulatorFaults { AllowedConcurrency = 20, LatencyMs = 20 };
        await Task.WhenAll(agents.Select(agent => agent.UploadAsync()));

        await First.AssertCompleteAsync(Files);
        var limit = (await GetKeysAsync()).Single(key => key.Contains(":limit:", StringComparison.Ordinal));
        Assert.InRange((int)await Database.StringGetAsync(limit), 1, 40);
        Assert.DoesNotContain(await GetKeysAsync(), key => key.Contains(":runs:", StringComparison.Ordinal)); // all have left
    }

    [Fact]
    public async Task A_plan_knows_what_others_have_uploaded_and_writes_nothing()
    {
        await UploadAsync(First, ("a.txt", "one"));
        var keys = await GetKeysAsync();
        var late = await AddAgentAsync();
        late.Write("assets/a.txt", "one");
        late.Write("assets/b.txt", "two");

        var plan = await late.PlanAsync();

        Assert.Equal(
            ["/a.txt Unchanged", "/b.txt Upload"],
            plan.Assets.Select(asset => $"{asset.Local.Path} {asset.Action}")
        );
        Assert.Equal(keys, await GetKeysAsync());
        await Database.ExecuteAsync("FLUSHALL");
        await First.PlanAsync(); // it has uploaded itself
        Assert.Empty(await GetKeysAsync());
    }

    [Fact]
    public async Task Agents_that_run_at_once_share_the_uploads()
    {
        const int Files = 120;
        EngineWorkbench[] agents =
        [
            First,
            await AddAgentAsync(),
            await AddAgentAsync(),
            await AddAgentAsync(),
            await AddAgentAsync(),
        ];
        foreach (var agent in agents)
        {
            agent.WriteFiles(Files);
        }

        var uploads = await Task.WhenAll(agents.Select(agent => agent.UploadAsync()));

        Assert.Equal(Files, uploads.Sum(upload => GetUploaded(upload).Length));
        Assert.All(agents, agent => Assert.Empty(agent.Logger.Warnings));
        Assert.All(
            agents,
            agent => Assert.Equal(First.ReadManifest().AssetVersions, agent.ReadManifest().AssetVersions)
        );
        await First.AssertCompleteAsync(Files);
        var requests = await Emulator.CountRequestsAsync();
        Assert.Equal((Files, Files), (requests["Asset.Create"], requests["AssetVersion.Create"]));
        Assert.DoesNotContain(await GetKeysAsync(), key => key.Contains(":turn:", StringComparison.Ordinal));
    }
}
