using Serverless.Assets.Settings;
using Serverless.Assets.State.Redis;
using Serverless.Assets.Tests.TestSupport;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>When a connection is given up, and what is reported about it.</summary>
public sealed class RedisConnectionTests : IDisposable
{
    private readonly RedisServer _server = RedisServer.Start();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _server.Dispose();

    /// <summary>A logger of MSBuild accepts nothing after its task.</summary>
    [Fact]
    public async Task Commands_that_fail_because_the_run_has_ended_are_not_reported()
    {
        var connection = await OpenAsync();
        var response = new TaskCompletionSource<string>();
        var command = connection.TryAsync(_ => response.Task);

        await connection.DisposeAsync();
        response.SetException(new TimeoutException());

        Assert.Null(await command);
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public async Task The_first_failure_is_reported_and_no_command_is_sent_afterwards()
    {
        await using var connection = await OpenAsync();
        var sent = 0;

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(
                await connection.TryAsync<string>(_ =>
                {
                    sent++;
                    throw new TimeoutException();
                })
            );
        }

        Assert.Equal(1, sent);
        Assert.True(connection.Lost.IsCancellationRequested);
        var warning = Assert.Single(_logger.Warnings);
        Assert.Contains("it did not respond within 3 seconds", warning.Message, StringComparison.Ordinal);
    }

    /// <summary>It may have restarted and lost its data. The client would connect again before the next command.</summary>
    [Fact]
    public async Task A_server_that_closes_the_connection_is_given_up_without_a_command()
    {
        await using var connection = await OpenAsync();
        var lost = new TaskCompletionSource();
        await using var registration = connection.Lost.Register(lost.SetResult);

        _server.Stop();
        _server.Restart();

        await lost.Task.WithinAsync("the end of the connection");
        var warning = Assert.Single(_logger.Warnings);
        Assert.Contains("it has closed the connection", warning.Message, StringComparison.Ordinal);
        Assert.Null(await connection.TryAsync(_ => Task.FromResult("sent")));
    }

    /// <summary>It is a bug of this tool, not a problem of the server.</summary>
    [Fact]
    public async Task Other_exceptions_are_not_hidden()
    {
        await using var connection = await OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await connection.TryAsync<string>(_ => throw new InvalidOperationException())
        );
    }

    private Task<RedisConnection> OpenAsync() =>
        RedisConnection.OpenAsync(
            new RedisStore("127.0.0.1", _server.Port, isEncrypted: false, null, null, StateScope.Default),
            new RedisTimings(),
            new EngineContext { Logger = _logger },
            TestContext.Current.CancellationToken
        );
}
