using System.Globalization;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>What only a real server does when it has too little memory, is slow, or becomes a replica.</summary>
public sealed class RedisProcessTests() : RedisStateTest(RedisProcess.Start())
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_without_free_memory_is_not_used(bool isFullFromTheBeginning)
    {
        if (isFullFromTheBeginning)
        {
            Fill();
        }

        var agents = await UploadTogetherAsync(3, isFullFromTheBeginning ? null : Fill);

        AssertNotUsed(agents, "it responded 'OOM command not allowed when used memory > 'maxmemory''. The run");
    }

    /// <summary>Turns, uploads and runs that are missing cost uploads only.</summary>
    [Fact]
    public async Task A_server_that_evicts_keys_costs_uploads_only()
    {
        var agents = await UploadTogetherAsync(3, Evict);

        Assert.NotEqual(0, GetInfo("stats", "evicted_keys"));
        Assert.All(agents, agent => Assert.Empty(GetWarnings(agent).Except(["SAB5020"]))); // if nothing is left to evict
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_is_read_only_after_a_failover_is_not_used(bool isFromTheBeginning)
    {
        if (isFromTheBeginning)
        {
            BecomeReplica();
        }

        var agents = await UploadTogetherAsync(3, isFromTheBeginning ? null : BecomeReplica);

        AssertNotUsed(agents, "it responded 'READONLY You can't write against a read only replica'. The run");
    }

    [Fact]
    public async Task A_server_that_stops_responding_is_not_waited_for()
    {
        var agents = await UploadTogetherAsync(3, () => Database.Execute("CLIENT", "PAUSE", "600000"));

        // An agent that was still connecting gives another reason than those that were waiting for a response.
        AssertNotUsed(agents, "The Redis server");
    }

    private void Fill() => Configure("maxmemory", "1");

    /// <summary>
    /// Takes memory from the server until it removes keys: how much its connections need changes all the time.
    /// </summary>
    private void Evict()
    {
        const int Step = 8 * 1024;
        Configure("maxmemory-policy", "allkeys-random");
        for (var memory = GetInfo("memory", "used_memory"); GetInfo("stats", "evicted_keys") == 0; )
        {
            memory -= Step;
            Configure("maxmemory", memory.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Of a primary that is away.</summary>
    private void BecomeReplica() => Database.Execute("REPLICAOF", "127.0.0.1", "1");

    private void Configure(string setting, string value) => Database.Execute("CONFIG", "SET", setting, value);

    /// <returns>A number of the server's statistics.</returns>
    private long GetInfo(string section, string field) =>
        Database
            .Execute("INFO", section)
            .ToString()
            .Split("\r\n")
            .Where(line => line.StartsWith($"{field}:", StringComparison.Ordinal))
            .Select(line => long.Parse(line[(field.Length + 1)..], CultureInfo.InvariantCulture))
            .Single();

    private static void AssertNotUsed(EngineWorkbench[] agents, string reason) =>
        Assert.All(
            agents,
            agent =>
            {
                Assert.Equal(["SAB5020"], GetWarnings(agent));
                Assert.Contains(
                    agent.Logger.Warnings,
                    warning => warning.Message.Contains(reason, StringComparison.Ordinal)
                );
            }
        );
}

/// <inheritdoc/>
public sealed class RedisProcessFailureTests() : RedisFailureTests(RedisProcess.Start());

/// <inheritdoc/>
public sealed class RedisProcessUploadTests() : RedisUploadTests(RedisProcess.Start());
