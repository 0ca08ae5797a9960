using System.Collections.Concurrent;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// Uploads in a Redis server, which machines share while they run: a file that one of them uploads is not uploaded by
/// another one. If the server can't be used, each machine continues by itself.
/// </summary>
internal sealed class RedisUploads : ISharedUploads
{
    private readonly RedisConnection _redis;
    private readonly RedisTimings _timings;
    private readonly RedisKeys _keys;
    private readonly RedisTurns _turns;
    private readonly TurnWaiting _waiting;
    private readonly TurnLimit _limit;
    private readonly SharedLimit _share;
    private readonly ConcurrentDictionary<Sid, byte> _completed = new();
    private readonly ConcurrentBag<Task> _sharing = [];
    private readonly TimeProvider _clock;
    private readonly PeriodicTimer _timer;
    private Task? _heartbeat;

    private RedisUploads(RedisConnection redis, RedisKeys keys, OperationContext operation)
    {
        var client = operation.Client;
        var timings = operation.Engine.RedisTimings;
        _redis = redis;
        _timings = timings;
        _keys = keys;
        _clock = client.Clock;
        _turns = new RedisTurns(redis, timings);
        _waiting = new TurnWaiting(redis, timings, _clock);
        _limit = new TurnLimit(() => client.Gate.Limit);
        var runs = new RedisRuns(redis, keys, timings, operation.Settings.Endpoints.Api);
        _share = new SharedLimit(runs, client, timings.Heartbeat);
        _timer = new PeriodicTimer(timings.Heartbeat, _clock);
    }

    public bool HasTurns => !_redis.Lost.IsCancellationRequested;

    /// <summary>Connects to find uploads, without taking part in them. A warning says why if that fails.</summary>
    public static async Task<RedisUploads> OpenAsync(
        OperationContext operation,
        ServiceIdentity service,
        CancellationToken cancellationToken
    )
    {
        var store = operation.Settings.Redis!;
        var redis = await RedisConnection
            .OpenAsync(store, operation.Engine.RedisTimings, operation.Engine, cancellationToken)
            .ConfigureAwait(false);
        return new RedisUploads(redis, new RedisKeys(service, store.Scope), operation);
    }

    /// <summary>Joins the runs that upload.</summary>
    public async Task<RedisUploads> JoinAsync()
    {
        await _share.BeatAsync().ConfigureAwait(false);
        _heartbeat = BeatAsync();
        return this;
    }

    public async ValueTask<RememberedUpload?> FindAsync(StateKey key, CancellationToken cancellationToken)
    {
        var keys = _keys.For(key);
        var values = await _redis
            .TryAsync(database => database.StringGetAsync([keys.Version, keys.DefaultVersion]))
            .ConfigureAwait(false);
        return values is null ? null : Find(key, values);
    }

    public async ValueTask<UploadTurn> WaitForTurnAsync(StateKey key, CancellationToken cancellationToken)
    {
        var keys = _keys.For(key);
        var left = _timings.Turn;
        while (HasTurns)
        {
            var place = await _limit.EnterAsync(cancellationToken).ConfigureAwait(false);
            var turn = await _turns.TakeAsync(keys).ConfigureAwait(false);
            if (turn?.Token is { } token)
            {
                return new Turn(this, keys, token, place)
                {
                    AssetSid = turn.Assets.Select(SharedUpload.ParseAsset).FirstOrDefault(sid => sid is not null),
                    MayAssetBeNew = turn.WasTouched,
                };
            }

            place.Dispose();
            if (turn is null)
            {
                break;
            }

            if (turn.Versions.Any(version => !version.IsNullOrEmpty))
            {
                // What is not valid stays until it expires: a run may not be allowed to delete it.
                return new UploadTurn { Existing = Find(key, turn.Versions) };
            }

            if (left <= TimeSpan.Zero)
            {
                _redis.GiveUp(new TurnNotEndedException(_timings.Turn));
                break;
            }

            var start = _clock.GetTimestamp();
            await _waiting.WaitAsync(keys, left, cancellationToken).ConfigureAwait(false);
            left -= _clock.GetElapsedTime(start);
        }

        return new UploadTurn();
    }

    /// <summary>A plan, which has not joined, changes nothing.</summary>
    public void Share(RememberedUpload upload)
    {
        var keys = _keys.For(upload.Key);
        if (_heartbeat is not null && GetLifetime(upload) is { } lifetime)
        {
            _sharing.Add(
                _redis
                    .TryAsync(async database =>
                    {
                        await database
                            .StringSetAsync(keys.Version, SharedUpload.Format(upload), lifetime, When.NotExists)
                            .ConfigureAwait(false);
                        return keys;
                    })
                    .AsTask()
            );
        }
    }

    public async ValueTask<bool> ReplaceAsync(RememberedUpload old, RememberedUpload replacement)
    {
        if (GetLifetime(replacement) is { } lifetime)
        {
            await _turns.ReplaceAsync(_keys.For(old.Key), old, replacement, lifetime).ConfigureAwait(false);
        }

        return _completed.ContainsKey(old.AssetVersionSid);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await Task.WhenAll(_sharing).ConfigureAwait(false);
        if (_heartbeat is { } heartbeat)
        {
            await heartbeat.ConfigureAwait(false);
            await _share.LeaveAsync().ConfigureAwait(false);
        }

        await _redis.DisposeAsync().ConfigureAwait(false);
    }

    private RememberedUpload? Find(StateKey key, IEnumerable<RedisValue> values) =>
        values
            .Select(value => SharedUpload.Parse(value, key, _clock.GetUtcNow()))
            .FirstOrDefault(upload => upload is not null);

    /// <returns>Null if others must not use the upload any more.</returns>
    private TimeSpan? GetLifetime(RememberedUpload upload)
    {
        var lifetime = upload.KnownAt + SharedUpload.MaxAge - _clock.GetUtcNow();
        return lifetime > TimeSpan.Zero && lifetime <= SharedUpload.MaxAge ? lifetime : null;
    }

    private async Task BeatAsync()
    {
        while (HasTurns && await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            await _share.BeatAsync().ConfigureAwait(false);
            _limit.Admit();
            await _turns.ExtendAsync().ConfigureAwait(false);
        }
    }

    /// <param name="place">The run's place among those that may upload now.</param>
    private sealed record Turn(RedisUploads uploads, UploadKeys keys, RedisValue token, IDisposable place) : UploadTurn
    {
        public override async ValueTask CompleteAsync(RememberedUpload upload)
        {
            if (uploads is { HasTurns: true } && uploads.GetLifetime(upload) is { } lifetime)
            {
                uploads._completed[upload.AssetVersionSid] = 0; // even if the response is lost
                await uploads._turns.CompleteAsync(keys, token, upload, lifetime).ConfigureAwait(false);
            }
        }

        public override async ValueTask EndAsync()
        {
            place.Dispose();
            await uploads._turns.ReleaseAsync(keys, token).ConfigureAwait(false);
        }
    }
}

/// <summary>Others have had the turns for a path for so long that no upload can be the reason.</summary>
internal sealed class TurnNotEndedException(TimeSpan limit)
    : TimeoutException(
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"according to it, another run has been uploading a file for {limit.TotalSeconds:0.#} seconds"
        )
    );
