using System.Globalization;
using Serverless.Assets.Client;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// The value that describes a run that shares the limit: the number of requests in flight that has held, 1 if it is busy,
/// otherwise 0, and the number of its requests that were rejected.
/// </summary>
internal static class SharedUsage
{
    public static RedisValue Format(RunUsage usage) =>
        string.Create(CultureInfo.InvariantCulture, $"{usage.Limit} {(usage.IsBusy ? 1 : 0)} {usage.Rejected}");

    /// <returns>Null if the value is not valid: Redis can contain anything.</returns>
    public static RunUsage? Parse(RedisValue id, RedisValue value) =>
        ((string?)value)?.Split(' ') is [var limit, var isBusy and ("0" or "1"), var rejected]
        && ParseLimit(limit) is { } known
        && long.TryParse(rejected, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new RunUsage(id.ToString(), known, isBusy == "1", count)
            : null;

    /// <returns>Null if the value is not a valid limit.</returns>
    public static int? ParseLimit(RedisValue value) =>
        int.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && RememberedConcurrency.IsValid(limit)
            ? limit
            : null;
}
