using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// The turns of a run. A turn is a lease with a token that nobody else has: if the run stops extending it, another one
/// takes the turn, and what the first one records later replaces nothing. Losing a turn costs an upload, nothing more,
/// because each version that two runs create has the content of the file.
/// </summary>
internal sealed class RedisTurns(RedisConnection redis, RedisTimings timings)
{
    private const int MaxPerCommand = 100;

    /// <summary>Longer than any run: whoever lists the Assets afterwards sees those that were created.</summary>
    private static readonly TimeSpan TouchedTime = TimeSpan.FromDays(1);

    private static readonly TimeSpan AssetTime = TimeSpan.FromDays(30);

    private readonly string _run = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly ConcurrentDictionary<RedisKey, RedisValue> _held = new();
    private long _count;

    /// <summary>Takes the turn, unless the upload exists or it is another run's turn.</summary>
    /// <returns>Null if the connection is lost.</returns>
    public async ValueTask<TakenTurn?> TakeAsync(UploadKeys keys)
    {
        RedisValue token = string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _count)}");
        var values = await redis
            .TryReadAsync(
                RedisScripts.Take,
                [keys.Turn, keys.Version, keys.Asset, keys.Touched],
                [token, Milliseconds(timings.Lease), Milliseconds(TouchedTime)],
                length: 4
            )
            .ConfigureAwait(false);
        if (values is null)
        {
            return null;
        }

        var isTaken = values[0] == 1;
        if (isTaken)
        {
            _held[keys.Turn] = token;
        }

        var turn = new TakenTurn(isTaken ? token : (RedisValue?)null, [values[1]], [values[2]], values[3] == 1);
        return keys.Version == keys.DefaultVersion ? turn : await AddDefaultAsync(keys, turn).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds what the default scope contains. Only now, because a run of that scope may have had the turn before.
    /// </summary>
    private async ValueTask<TakenTurn?> AddDefaultAsync(UploadKeys keys, TakenTurn turn)
    {
        var values = await redis
            .TryAsync(database => database.StringGetAsync([keys.DefaultVersion, keys.DefaultAsset]))
            .ConfigureAwait(false);
        if (values is null)
        {
            return null;
        }

        var isUploaded = !values[0].IsNullOrEmpty;
        if (isUploaded && turn.Token is { } token)
        {
            await ReleaseAsync(keys, token).ConfigureAwait(false);
        }

        return turn with
        {
            Token = isUploaded ? null : turn.Token,
            Versions = [.. turn.Versions, values[0]],
            Assets = [.. turn.Assets, values[1]],
        };
    }

    /// <summary>Records an upload and ends the turn.</summary>
    public async ValueTask CompleteAsync(UploadKeys keys, RedisValue token, RememberedUpload upload, TimeSpan lifetime)
    {
        await redis
            .TryAsync(database =>
                database.ScriptEvaluateAsync(
                    RedisScripts.Complete,
                    [keys.Turn, keys.Version, keys.Asset],
                    [
                        token,
                        SharedUpload.Format(upload),
                        Milliseconds(lifetime),
                        upload.AssetSid.ToString(),
                        Milliseconds(AssetTime),
                    ]
                )
            )
            .ConfigureAwait(false);
        _held.TryRemove(keys.Turn, out _);
    }

    /// <summary>Ends the turn without an upload. No effect if it was completed.</summary>
    public async ValueTask ReleaseAsync(UploadKeys keys, RedisValue token)
    {
        if (_held.TryRemove(keys.Turn, out _))
        {
            await redis
                .TryAsync(database => database.ScriptEvaluateAsync(RedisScripts.Release, [keys.Turn], [token]))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Replaces an upload that this run has recorded.</summary>
    public async ValueTask ReplaceAsync(
        UploadKeys keys,
        RememberedUpload old,
        RememberedUpload replacement,
        TimeSpan lifetime
    ) =>
        await redis
            .TryAsync(database =>
                database.ScriptEvaluateAsync(
                    RedisScripts.Replace,
                    [keys.Version, keys.Asset],
                    [
                        SharedUpload.FormatIdentity(old),
                        SharedUpload.Format(replacement),
                        Milliseconds(lifetime),
                        replacement.AssetSid.ToString(),
                        Milliseconds(AssetTime),
                    ]
                )
            )
            .ConfigureAwait(false);

    /// <summary>Extends all turns of the run.</summary>
    public async Task ExtendAsync()
    {
        foreach (var chunk in _held.ToArray().Chunk(MaxPerCommand))
        {
            await redis
                .TryAsync(database =>
                    database.ScriptEvaluateAsync(
                        RedisScripts.Extend,
                        [.. chunk.Select(turn => turn.Key)],
                        [Milliseconds(timings.Lease), .. chunk.Select(turn => turn.Value)]
                    )
                )
                .ConfigureAwait(false);
        }
    }

    private static RedisValue Milliseconds(TimeSpan time) => (long)Math.Max(1, time.TotalMilliseconds);
}

/// <summary>What <see cref="RedisTurns.TakeAsync"/> found.</summary>
/// <param name="Token">Null: the upload exists, or it is another run's turn.</param>
/// <param name="Versions">The upload in the scope of the run, and in the default one; empty if there is none.</param>
/// <param name="Assets">The Asset of the path, likewise.</param>
/// <param name="WasTouched">Whether a run has had the turn for the path lately.</param>
internal sealed record TakenTurn(
    RedisValue? Token,
    IReadOnlyList<RedisValue> Versions,
    IReadOnlyList<RedisValue> Assets,
    bool WasTouched
);
