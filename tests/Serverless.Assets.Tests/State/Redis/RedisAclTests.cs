using Serverless.Assets.Settings;
using StackExchange.Redis;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>The users that docs/security.md recommends, on a real server.</summary>
public sealed class RedisAclTests() : RedisStateTest(RedisProcess.StartWithUsers(Users))
{
    private static readonly (string, string)[] Ci = Login("ci", "CI-PASSWORD");

    private static readonly (string, string)[] PullRequest =
    [
        .. Login("pr", "PULL-REQUEST-PASSWORD"),
        ("GITHUB_HEAD_REF", "feature"),
        ("GITHUB_REF", "refs/pull/7/merge"),
    ];

    /// <summary>The lines of the document.</summary>
    private static string[] Users =>
        [
            .. File.ReadLines(Repository.PathOf("docs/security.md"))
                .SkipWhile(line => line != $"<!-- run by: {nameof(RedisAclTests)} -->")
                .Skip(2) // the comment, and the beginning of the block
                .TakeWhile(line => line != "```"),
        ];

    [Fact]
    public async Task A_pull_request_reads_what_others_have_uploaded_and_writes_only_to_its_own_scope()
    {
        var ci = await AddAgentAsync(Ci);
        Assert.Equal(["/a.txt"], await UploadAsync(ci, ("a.txt", "one")));
        Assert.Empty(GetWarnings(ci));
        var pullRequest = await AddAgentAsync(PullRequest);

        Assert.Equal(["/b.txt"], await UploadAsync(pullRequest, ("a.txt", "one"), ("b.txt", "two")));

        Assert.Empty(GetWarnings(pullRequest));
        await pullRequest.AssertVersionsAsync();
        Assert.Empty(await UploadAsync(await AddAgentAsync(PullRequest), ("a.txt", "one"), ("b.txt", "two")));
        Assert.Equal(["/b.txt"], await UploadAsync(await AddAgentAsync(Ci), ("a.txt", "one"), ("b.txt", "two")));
    }

    /// <summary>The turns and the limit of the account are for all.</summary>
    [Fact]
    public async Task Pull_requests_and_other_runs_take_turns()
    {
        EngineWorkbench[] agents =
        [
            await AddAgentAsync(Ci),
            await AddAgentAsync(PullRequest),
            await AddAgentAsync(PullRequest),
        ];
        foreach (var agent in agents)
        {
            agent.WriteFiles(Files);
        }

        await Task.WhenAll(agents.Select(agent => agent.UploadAsync()));

        Assert.All(agents, agent => Assert.Empty(agent.Logger.Warnings));
        foreach (var agent in agents)
        {
            await agent.AssertCompleteAsync(Files);
        }

        Assert.DoesNotContain(await GetKeysAsync(), key => key.Contains(":turn:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("scope:default:version:0")]
    [InlineData("scope:default:asset:0")]
    [InlineData("scope:release:version:0")]
    [InlineData("turn:0")]
    public async Task The_server_refuses_what_a_pull_request_must_not_write(string key)
    {
        await using var connection = await ConnectAsPullRequestAsync();
        var database = connection.GetDatabase();
        RedisKey full = $"serverless-assets:1:{{{TestSettings.ServiceSid}}}:{key}";

        await AssertRefusedAsync(() => database.StringSetAsync(full, "x"));
        await AssertRefusedAsync(() => database.KeyDeleteAsync(full));
        await AssertRefusedAsync(() => database.KeyExpireAsync(full, TimeSpan.FromMilliseconds(1)));
        await AssertRefusedAsync(() => database.ScriptEvaluateAsync("return redis.call('SET', KEYS[1], 'x')", [full]));
        await AssertRefusedAsync(() =>
            database.ScriptEvaluateAsync("return redis.call('SET', ARGV[1], 'x')", values: [full.ToString()])
        );
        Assert.True((await database.StringGetAsync(full)).IsNull); // reading is allowed
        await database.PingAsync(); // is sent when a connection is idle
    }

    [Theory]
    [InlineData("FLUSHALL")]
    [InlineData("KEYS", "*")]
    [InlineData("CONFIG", "SET", "maxmemory", "1")]
    [InlineData("CLIENT", "PAUSE", "1")]
    [InlineData("REPLICAOF", "NO", "ONE")]
    [InlineData("ACL", "WHOAMI")]
    [InlineData("GET", "another")]
    public async Task The_server_refuses_other_commands_and_keys(string command, params string[] arguments)
    {
        await using var connection = await ConnectAsPullRequestAsync();

        await AssertRefusedAsync(() => connection.GetDatabase().ExecuteAsync(command, [.. arguments]));
    }

    [Fact]
    public async Task A_wrong_password_is_reported()
    {
        var agent = await AddAgentAsync(Login("ci", "wrong"));

        Assert.Equal(["/a.txt"], await UploadAsync(agent, ("a.txt", "one")));

        var warning = Assert.Single(agent.Logger.Warnings);
        Assert.Equal("SAB5020", warning.Code);
        Assert.Contains("it rejects the user or the password", warning.Message, StringComparison.Ordinal);
    }

    /// <summary>The first agent has no user.</summary>
    [Fact]
    public async Task A_missing_password_is_reported()
    {
        Assert.Equal(["/a.txt"], await UploadAsync(First, ("a.txt", "one")));

        var warning = Assert.Single(First.Logger.Warnings);
        Assert.Equal("SAB5020", warning.Code);
        Assert.Contains("it rejects the user or the password", warning.Message, StringComparison.Ordinal);
    }

    private static (string, string)[] Login(string user, string password) =>
        [(RedisStore.UserVariable, user), (RedisStore.PasswordVariable, password)];

    private async Task<IConnectionMultiplexer> ConnectAsPullRequestAsync() =>
        await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions
            {
                EndPoints = { { "127.0.0.1", Server.Port } },
                User = "pr",
                Password = "PULL-REQUEST-PASSWORD",
                AllowAdmin = true,
            }
        );

    /// <summary>The message of a script differs from that of a command.</summary>
    private static async Task AssertRefusedAsync(Func<Task> command)
    {
        var refused = await Assert.ThrowsAsync<RedisServerException>(command);
        Assert.Matches("^(NOPERM|ERR The user executing the script can't) ", refused.Message);
    }
}
