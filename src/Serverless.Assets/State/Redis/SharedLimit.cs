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
    private int? _published;
    private bool _hasStarted;

    /// <summary>Announces the run, and adopts its share.</summary>
    public async Task BeatAsync()
    {
        var own = GetUsage();
        var values = await redis
            .TryReadAsync(
                RedisScripts.Beat,
                _keys,
                [
                    own.Id,
                    (long)timings.Presence.TotalMilliseconds,
                    own.Format(),
                    _published is { } total ? total : "",
                    (long)Remembered.TotalMilliseconds,
                ],
                length: 1
            )
            .ConfigureAwait(false);
        if (values is null)
        {
            client.Gate.Unshare();
            return;
        }

        var others = values
            .Skip(1)
            .Chunk(2)
            .Where(run => run.Length == 2)
            .Select(run => RunUsage.Parse(run[0], run[1]))
            .OfType<RunUsage>()
            .Where(run => run.Id != own.Id);
        Adopt(LimitShare.Calculate(own, [.. others], RunUsage.ParseLimit(values[0])));
    }

    /// <summary>Leaves the share to others at once.</summary>
    public async Task LeaveAsync() =>
        await redis
            .TryAsync(database => database.ScriptEvaluateAsync(RedisScripts.Leave, _keys[..2], [_id]))
            .ConfigureAwait(false);

    private RunUsage GetUsage()
    {
        var (limit, isFound) = client.Gate.ProvenLimit;
        _hasStarted |= client.Gate.InFlight > 0;
        return new RunUsage(_id, limit, IsBusy: !_hasStarted || client.Gate.InFlight > 0, isFound);
    }

    private void Adopt(LimitShare share)
    {
        _published = share.Leads ? share.Total : null;
        if (share.Leads)
        {
            client.Gate.Lead(share.Share, share.Total);
        }
        else
        {
            client.Gate.Follow(share.Share!.Value, share.Total);
        }
    }
}
