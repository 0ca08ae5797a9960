using Serverless.Assets.Client;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>The runs of an account on all machines.</summary>
/// <param name="api">The base URL of the API: each host has a limit of its own.</param>
internal sealed class RedisRuns(RedisConnection redis, RedisKeys keys, RedisTimings timings, Uri api) : IKnownRuns
{
    /// <summary>How long the limit is remembered after the last run.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private readonly RedisKey[] _keys = keys.ForRuns(api);

    public async ValueTask<KnownRuns?> ExchangeAsync(RunUsage own)
    {
        var values = await redis
            .TryReadAsync(
                RedisScripts.Beat,
                _keys,
                [own.Id, (long)timings.Presence.TotalMilliseconds, SharedUsage.Format(own)],
                length: 1
            )
            .ConfigureAwait(false);
        return values is null
            ? null
            : new KnownRuns(
                [
                    .. values
                        .Skip(1)
                        .Chunk(2)
                        .Where(run => run.Length == 2)
                        .Select(run => SharedUsage.Parse(run[0].ToString(), run[1]))
                        .OfType<RunUsage>(),
                ],
                SharedUsage.ParseLimit(values[0])
            );
    }

    public async ValueTask PublishAsync(int total) =>
        await redis
            .TryAsync(database => // SET, as in the other commands, and not SETEX, which needs a permission of its own
                database.ExecuteAsync("SET", _keys[2], total, "PX", (long)Remembered.TotalMilliseconds)
            )
            .ConfigureAwait(false);

    public async ValueTask LeaveAsync(string id) =>
        await redis
            .TryAsync(database => database.ScriptEvaluateAsync(RedisScripts.Leave, _keys[..2], [id]))
            .ConfigureAwait(false);
}
