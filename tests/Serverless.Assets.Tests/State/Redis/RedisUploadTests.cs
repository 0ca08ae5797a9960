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
    }
}
