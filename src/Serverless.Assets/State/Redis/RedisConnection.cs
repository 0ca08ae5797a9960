using System.Globalization;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// A connection to Redis that is given up at the first failure, because the run does not depend on it: whether the
/// server is away, slow, full, read-only after a failover or restarted, a warning says so, and no command is sent again.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly RedisStore _store;
    private readonly RedisTimings _timings;
    private readonly EngineContext _engine;
    private readonly CancellationTokenSource _lost = new();
    private IConnectionMultiplexer? _connection;
    private int _isLost;

    private RedisConnection(RedisStore store, RedisTimings timings, EngineContext engine)
    {
        _store = store;
        _timings = timings;
        _engine = engine;
        Lost = _lost.Token;
    }

    /// <summary>Canceled when the connection is given up.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Connects. If that fails, the connection is lost from the beginning.</summary>
    public static async Task<RedisConnection> OpenAsync(
        RedisStore store,
        RedisTimings timings,
        EngineContext engine,
        CancellationToken cancellationToken
    )
    {
        var connection = new RedisConnection(store, timings, engine);
        if (store is { Password: not null, IsEncrypted: false } && !store.IsLocal)
        {
            engine.Logger.Warn(StateDiagnostics.RedisNotEncrypted(store.Address));
        }

        var opening = ConnectionMultiplexer.ConnectAsync(GetOptions(store, timings));
        try
        {
            var opened = await opening
                .WaitAsync(timings.Connect, engine.Clock, cancellationToken)
                .ConfigureAwait(false);
            opened.ConnectionFailed += (_, failed) => connection.OnConnectionFailed(failed);
            connection._connection = opened;
        }
        catch (Exception failure)
        {
            _ = DisposeLaterAsync(opening);
            if (!IsFailure(failure))
            {
                throw;
            }

            connection.GiveUp(failure);
        }

        return connection;
    }

    /// <summary>Sends a command.</summary>
    /// <returns>Null if there is no connection any more.</returns>
    public async ValueTask<T?> TryAsync<T>(Func<IDatabase, Task<T>> command)
        where T : class
    {
        if (_connection is { } connection && !Lost.IsCancellationRequested)
        {
            try
            {
                return await command(connection.GetDatabase())
                    .WaitAsync(_timings.Command, _engine.Clock)
                    .ConfigureAwait(false);
            }
            catch (Exception failure) when (IsFailure(failure))
            {
                GiveUp(failure);
            }
        }

        return null;
    }

    /// <summary>Runs a script that returns a list.</summary>
    /// <param name="length">The least number of values.</param>
    /// <returns>Null if there is no connection any more.</returns>
    public ValueTask<RedisValue[]?> TryReadAsync(string script, RedisKey[] keys, RedisValue[] arguments, int length) =>
        TryAsync(async database =>
        {
            var values = (RedisValue[]?)
                await database.ScriptEvaluateAsync(script, keys, arguments).ConfigureAwait(false);
            return values?.Length >= length
                ? values
                : throw new FormatException("its response to a script is not that of a Redis server");
        });

    /// <summary>Warns, and continues without the server.</summary>
    public void GiveUp(Exception failure)
    {
        if (Interlocked.Exchange(ref _isLost, 1) == 0)
        {
            _engine.Logger.Warn(StateDiagnostics.RedisNotUsable(_store.Address, Explain(failure)));
            _lost.Cancel();
        }
    }

    /// <summary>
    /// The server may have restarted and lost its data, even if the next command comes after the client has connected again.
    /// </summary>
    private void OnConnectionFailed(ConnectionFailedEventArgs failed)
    {
        if (failed.ConnectionType == ConnectionType.Interactive)
        {
            GiveUp(new IOException("it has closed the connection"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _isLost, 1); // What fails from now on is no problem of the server.
        if (_connection is { } connection)
        {
            // Commands that were sent have been answered or have failed; those in progress do not matter.
            await connection.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _lost.Dispose();
    }

    private static ConfigurationOptions GetOptions(RedisStore store, RedisTimings timings) =>
        new()
        {
            EndPoints = { { store.Host, store.Port } },
            Ssl = store.IsEncrypted,
            SslHost = store.Host,
            User = store.User,
            Password = store.Password,
            ClientName = ProductVersion.Name,
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = (int)timings.Connect.TotalMilliseconds,
            AsyncTimeout = (int)timings.Command.TotalMilliseconds,
            BacklogPolicy = BacklogPolicy.FailFast,
            ConfigurationChannel = "", // needs no permission to subscribe
            TieBreaker = "",
            IncludeDetailInExceptions = false,
        };

    private static async Task DisposeLaterAsync(Task<ConnectionMultiplexer> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsFailure(Exception exception) =>
        exception
            is RedisException
                or TimeoutException
                or ObjectDisposedException
                or IOException
                or FormatException
                or InvalidCastException;

    private string Explain(Exception failure) =>
        failure switch
        {
            RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
                "it rejects the user or the password",
            RedisConnectionException => "it does not accept a connection, or has closed it",
            RedisServerException refused => $"it responded '{WithoutScript(refused.Message)}'",
            TurnNotEndedException => failure.Message,
            TimeoutException when _connection is null =>
                $"it did not accept a connection within {Format(_timings.Connect)} seconds",
            TimeoutException => $"it did not respond within {Format(_timings.Command)} seconds",
            _ => failure.Message.TrimEnd('.'),
        };

    private static string Format(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Removes the position in a script, which follows the message of a command: <c>script: 5afe…, on …</c>.</summary>
    private static string WithoutScript(string message) =>
        (message.IndexOf(" script: ", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message).TrimEnd(
            '.'
        );
}
