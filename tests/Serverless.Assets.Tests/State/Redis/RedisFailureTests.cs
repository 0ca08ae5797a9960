using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>
/// Whatever happens to the server, each agent uploads all files and writes a manifest of versions with the right content.
/// </summary>
public class RedisFailureTests : RedisStateTest
{
    public RedisFailureTests() { }

    private protected RedisFailureTests(ITestRedis server)
        : base(server) { }

    [Fact]
    public async Task A_server_that_is_away_is_reported_once()
    {
        Server.Stop();

        await UploadTogetherAsync(1);

        var warning = Assert.Single(First.Logger.Warnings);
        Assert.Equal("SAB5020", warning.Code);
        Assert.Contains($"127.0.0.1:{Server.Port}", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_accepts_no_connection_in_time_is_not_waited_for()
    {
        using var silent = new SilentServer();
        First.Settings = First.Settings.With(SettingTable.StateStore, silent.Url);
        First.RedisTimings = First.RedisTimings with { Connect = TimeSpan.FromMilliseconds(200) };

        await UploadTogetherAsync(1);

        Assert.Equal(["SAB5020"], First.Logger.Warnings.Select(warning => warning.Code));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_agents_succeed_when_the_server_ends_or_restarts_midway(bool restarts)
    {
        var agents = await UploadTogetherAsync(
            3,
            whenHalfDone: () =>
            {
                Server.Stop();
                if (restarts)
                {
                    Server.Restart();
                }
            }
        );

        Assert.All(agents, agent => Assert.Equal(["SAB5020"], GetWarnings(agent)));
    }

    /// <summary>Also turns: several agents then upload the same file.</summary>
    [Fact]
    public async Task A_server_that_loses_its_data_costs_uploads_only()
    {
        var agents = await UploadTogetherAsync(3, whenHalfDone: () => Database.Execute("FLUSHALL"));

        Assert.All(agents, agent => Assert.Empty(GetWarnings(agent)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("ZH00000000000000000000000000000000 ZN00000000000000000000000000000000")]
    [InlineData("ZH00000000000000000000000000000000 ZN00000000000000000000000000000000 -1")]
    [InlineData("ZH00000000000000000000000000000000 ZN00000000000000000000000000000000 1")]
    [InlineData("ZH00000000000000000000000000000000 ZN00000000000000000000000000000000 9223372036854775807")]
    [InlineData("ZN00000000000000000000000000000000 ZH00000000000000000000000000000000 1")]
    public async Task Values_that_are_not_valid_are_ignored(string value)
    {
        await UploadAsync(First, ("a.txt", "one"));
        foreach (var key in await GetKeysAsync())
        {
            if (
                key.Contains(":version:", StringComparison.Ordinal) || key.Contains(":asset:", StringComparison.Ordinal)
            )
            {
                await Database.StringSetAsync(key, value);
            }
        }

        var late = await AddAgentAsync();
        Assert.Equal(["/a.txt"], await UploadAsync(late, ("a.txt", "one")));
        await late.AssertCompleteAsync(1);
        Assert.Empty(GetWarnings(late));
    }

    [Fact]
    public async Task Values_of_another_type_are_no_problem()
    {
        await UploadAsync(First, ("a.txt", "one"));
        foreach (var key in await GetKeysAsync())
        {
            await Database.KeyDeleteAsync(key);
            await Database.ListLeftPushAsync(key, "x");
        }

        var late = await AddAgentAsync();
        Assert.Equal(["/a.txt"], await UploadAsync(late, ("a.txt", "one")));
        await late.AssertCompleteAsync(1);
    }

    /// <summary>The agent was killed, or its machine lost the network.</summary>
    [Fact]
    public async Task The_turn_of_an_agent_that_has_ended_expires()
    {
        await UploadAsync(First, ("a.txt", "one"));
        var turn = await GetTurnKeyAsync();
        await Database.StringSetAsync(turn, "ended", TimeSpan.FromMilliseconds(500));
        var late = await AddAgentAsync();

        Assert.Equal(["/a.txt"], await UploadAsync(late, ("a.txt", "two")));
        await late.AssertCompleteAsync(1);
        Assert.False(await Database.KeyExistsAsync(turn));
    }

    /// <summary>Someone with the right to write has set it without an expiry.</summary>
    [Fact]
    public async Task A_turn_that_never_ends_is_not_waited_for()
    {
        await UploadAsync(First, ("a.txt", "one"));
        await Database.StringSetAsync(await GetTurnKeyAsync(), "forged");
        var late = await AddAgentAsync();
        late.RedisTimings = late.RedisTimings with { Turn = TimeSpan.FromMilliseconds(200) };

        Assert.Equal(["/a.txt"], await UploadAsync(late, ("a.txt", "two")));

        await late.AssertCompleteAsync(1);
        var warning = Assert.Single(late.Logger.Warnings);
        Assert.Equal("SAB5020", warning.Code);
        Assert.Contains(
            "according to it, another run has been uploading a file for 0.2 seconds",
            warning.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>Another agent does it instead, in its own turn.</summary>
    [Fact]
    public async Task A_failed_upload_ends_its_turn()
    {
        First.Write("assets/a.txt", "one");
        First.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal)
                    ? new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest)
                    : null
            );
        await Assert.ThrowsAnyAsync<Exception>(First.UploadAsync);

        Assert.DoesNotContain(await GetKeysAsync(), key => key.Contains(":turn:", StringComparison.Ordinal));
        Assert.Equal(["/a.txt"], await UploadAsync(await AddAgentAsync(), ("a.txt", "one")));
    }

    /// <summary>The key of the turn of the only file.</summary>
    private async Task<string> GetTurnKeyAsync() =>
        (await GetKeysAsync())
            .Single(key => key.Contains(":touched:", StringComparison.Ordinal))
            .Replace(":touched:", ":turn:", StringComparison.Ordinal);
}
