using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// Waits for turns of other runs to end. One loop asks for all of them, because a run can wait for hundreds.
/// </summary>
internal sealed class TurnWaiting(RedisConnection redis, RedisTimings timings, TimeProvider clock)
{
    private const int MaxPerCommand = 100;

    private readonly ConcurrentDictionary<UploadKeys, TaskCompletionSource> _waiting = new();
    private readonly Lock _lock = new();
    private bool _isPolling;

    /// <summary>Returns when the turn has ended, the connection is lost, or the time is over.</summary>
    public async Task WaitAsync(UploadKeys keys, TimeSpan limit, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[keys] = ended;
        lock (_lock)
        {
            if (!_isPolling)
            {
                _isPolling = true;
                _ = PollAsync();
            }
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, redis.Lost);
            await ended
                .Task.WaitAsync(limit, clock, either.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            _waiting.TryRemove(keys, out _);
        }
    }

    private async Task PollAsync()
    {
        while (true)
        {
            await Task.Delay(timings.Poll, clock, redis.Lost).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_lock)
            {
                if (_waiting.IsEmpty || redis.Lost.IsCancellationRequested)
                {
                    _isPolling = false;
                    return;
                }
            }

            foreach (var chunk in _waiting.Keys.Chunk(MaxPerCommand))
            {
                await EndAsync(chunk).ConfigureAwait(false);
            }
        }
    }

    private async Task EndAsync(UploadKeys[] chunk)
    {
        RedisKey[] turns = [.. chunk.Select(keys => keys.Turn)];
        if (await redis.TryAsync(database => database.StringGetAsync(turns)).ConfigureAwait(false) is not { } values)
        {
            return;
        }

        foreach (var (keys, value) in chunk.Zip(values))
        {
            if (value.IsNull && _waiting.TryGetValue(keys, out var ended))
            {
                ended.TrySetResult();
            }
        }
    }
}
