using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.Tests.TestSupport;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>The URL of the server, and its user and password.</summary>
public sealed class RedisStoreTests
{
    private const string Secret = "p4ssw0rd-of-redis";

    [Theory]
    [InlineData("redis://localhost", "localhost:6379", false)]
    [InlineData("redis://localhost/", "localhost:6379", false)]
    [InlineData("REDIS://Example.com:7000", "example.com:7000", false)]
    [InlineData("rediss://example.com", "example.com:6379", true)]
    [InlineData("rediss://[::1]:6380", "[::1]:6380", true)]
    [InlineData("redis://127.0.0.1:1", "127.0.0.1:1", false)]
    public void Valid_URLs(string url, string address, bool isEncrypted)
    {
        var (store, problems) = Read(url);

        Assert.Empty(problems);
        Assert.Equal((address, isEncrypted), (store!.Address, store.IsEncrypted));
        Assert.Equal(address, store.ToString());
    }

    [Theory]
    [InlineData("redis://")]
    [InlineData("redis://:6379")]
    [InlineData("redis://host:0")]
    [InlineData("redis://host:65536")]
    [InlineData("redis://host/1")]
    [InlineData("redis://host?ssl=true")]
    [InlineData("redis://host#a")]
    [InlineData("redis://a b")]
    public void Other_URLs_are_rejected(string url)
    {
        var (store, problems) = Read(url);

        Assert.Null(store);
        Assert.Equal(["SAB1009"], problems.Select(problem => problem.Code));
        Assert.Contains("redis://host:port", problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"redis://user:{Secret}@localhost")]
    [InlineData($"redis://:{Secret}@localhost")]
    [InlineData($"rediss://{Secret}@localhost")]
    [InlineData($"redis://:{Secret}@local host")]
    [InlineData($"redis://:{Secret}@")]
    public void A_password_in_the_URL_is_rejected_and_never_shown(string url)
    {
        var (store, problems) = Read(url);

        Assert.Null(store);
        var problem = Assert.Single(problems);
        Assert.DoesNotContain(Secret, problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is wrong with the setting, the message is logged.</summary>
    [Theory]
    [InlineData($"redis://localhost/{Secret}")]
    [InlineData($"redis://localhost?password={Secret}")]
    [InlineData($"redis://localhost#{Secret}")]
    [InlineData($"redis:user:{Secret}@localhost")]
    [InlineData($"valkey://:{Secret}@localhost")]
    [InlineData($"https://user:{Secret}@localhost")]
    [InlineData($"localhost:6379,password={Secret}")]
    [InlineData($"redis://:{Secret}@localhost")]
    [InlineData($"{Secret}-{Secret}")] // short values are typing errors
    public void A_password_in_another_place_is_never_shown(string value)
    {
        foreach (var policy in new[] { "Keep", "KeepFor" })
        {
            var problems = new DiagnosticBag();
            var settings = CreateSettings(value).With(SettingTable.OtherAssets, policy);

            if (StateStoreSetting.Read(settings, problems) == StateStore.Redis)
            {
                RedisStore.Read(settings, FakeEnvironment.Empty, problems);
            }

            Assert.NotEmpty(problems);
            Assert.All(problems, problem => Assert.DoesNotContain(Secret, problem.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_user_and_the_password_come_from_the_environment()
    {
        using var server = RedisServer.Start(Secret);
        await using var agent = await EngineWorkbench.StartAsync();
        agent.Settings = agent.Settings.With(SettingTable.StateStore, server.Url);
        agent.Variables = new Dictionary<string, string> { [RedisStore.PasswordVariable] = Secret };
        agent.Write("assets/a.txt", "one");

        await agent.UploadAsync();

        Assert.Empty(agent.Logger.Warnings);
        await using var client = await server.ConnectAsync();
        Assert.True((long)await client.GetDatabase().ExecuteAsync("DBSIZE") > 0);
        Assert.DoesNotContain(Secret, agent.Logger.Everything(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "wrong")]
    [InlineData("user", "wrong")]
    public async Task A_wrong_password_is_reported_without_it(string? user, string? password)
    {
        using var server = RedisServer.Start(Secret);
        await using var agent = await EngineWorkbench.StartAsync();
        agent.Settings = agent.Settings.With(SettingTable.StateStore, server.Url);
        agent.Variables = new[] { (RedisStore.UserVariable, user), (RedisStore.PasswordVariable, password) }
            .Where(variable => variable.Item2 is not null)
            .ToDictionary(variable => variable.Item1, variable => variable.Item2!, StringComparer.Ordinal);
        agent.Write("assets/a.txt", "one");

        await agent.UploadAsync();

        var warning = Assert.Single(agent.Logger.Warnings);
        Assert.Equal("SAB5020", warning.Code);
        Assert.Contains(RedisStore.PasswordVariable, warning.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", agent.Logger.Everything(), StringComparison.Ordinal);
    }

    private static (RedisStore? Store, IReadOnlyList<Diagnostic> Problems) Read(string url)
    {
        var problems = new DiagnosticBag();
        return (RedisStore.Read(CreateSettings(url), FakeEnvironment.Empty, problems), [.. problems]);
    }

    private static SettingValues CreateSettings(string stateStore) =>
        new SettingValues(new ProjectContext("/project")).With(SettingTable.StateStore, stateStore);
}
