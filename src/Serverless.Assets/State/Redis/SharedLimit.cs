using System.Globalization;
using System.Security.Cryptography;
using Serverless.Assets.Client;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>Keeps a run's share of the account's limit up to date. See <see cref="LimitShare"/>.</summary>
internal sealed class SharedLimit(
    RedisConnection redis,
    RedisKeys keys,
    RedisTimings timings,
    ServerlessClient client,
    Uri api
)
{
    /// <summary>How long the limit is remembered after the last run.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private readonly RedisKey[] _keys = keys.ForRuns(api);
    private readonly string _id = string.Create(
        CultureInfo.InvariantCulture,
        $"{client.Clock.GetUtcNow().ToUnixTimeMilliseconds():d15}-{RandomNumberGenerator.GetHexString(16, true)}"
    );
    private readonly RejectionCount _rejections = new();
    private bool _hasStarted;

    /// <summary>Announces the run, and adopts its share.</summary>
    public async Task BeatAsync()
    {
        var own = GetUsage();
        var values = await redis
            .TryReadAsync(
                RedisScripts.Beat,
                _keys,
                [own.Id, (long)timings.Presence.TotalMilliseconds, SharedUsage.Format(own)],
                length: 1
            )
            .ConfigureAwait(false);
        if (values is null)
        {
            client.Gate.Adopt(null);
            return;
        }

        List<RunUsage> others =
        [
            .. values
                .Skip(1)
                .Chunk(2)
                .Where(run => run.Length == 2)
                .Select(run => SharedUsage.Parse(run[0], run[1]))
                .OfType<RunUsage>()
                .Where(run => run.Id != own.Id),
        ];
        var known = SharedUsage.ParseLimit(values[0]);
        var share = LimitShare.Calculate(own, others, known, _rejections.Count(others));
        client.Gate.Adopt(share);
        if (share.Leads && share.Total is { } total && total != known)
        {
            await PublishAsync(total).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(int total) =>
        await redis
            .TryAsync(database => // SET, as in the other commands, and not SETEX, which needs a permission of its own
                database.ExecuteAsync("SET", _keys[2], total, "PX", (long)Remembered.TotalMilliseconds)
            )
            .ConfigureAwait(false);

    /// <summary>Leaves the share to others at once.</summary>
    public async Task LeaveAsync()
    {
        await redis
            .TryAsync(database => database.ScriptEvaluateAsync(RedisScripts.Leave, _keys[..2], [_id]))
            .ConfigureAwait(false);
        client.Gate.Adopt(null);
    }

    private RunUsage GetUsage()
    {
        var inFlight = client.Gate.InFlight;
        _hasStarted |= inFlight > 0;
        return client.Gate.GetUsage(_id, isBusy: inFlight > 0 || !_hasStarted);
    }
}
