using System.Globalization;
using Serverless.Assets.Client;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// The value of an upload: the Asset, the Asset Version, and when it was uploaded, as
/// <c>ZH… ZN… MILLISECONDS-SINCE-1970</c>.
/// </summary>
internal static class SharedUpload
{
    /// <summary>
    /// The service deletes versions that are in no Build after 7 days. Nothing tells a run when the version of another
    /// one was deployed, so it uses none that is older.
    /// </summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(6);

    public static RedisValue Format(RememberedUpload upload) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{FormatIdentity(upload)}{upload.KnownAt.ToUnixTimeMilliseconds()}"
        );

    /// <summary>The beginning of the value, without the time.</summary>
    public static RedisValue FormatIdentity(RememberedUpload upload) => $"{upload.AssetSid} {upload.AssetVersionSid} ";

    /// <returns>Null if the value is not valid or too old: Redis can contain anything.</returns>
    public static RememberedUpload? Parse(RedisValue value, StateKey key, DateTimeOffset now) =>
        ((string?)value)?.Split(' ') is [var asset, var version, var time]
        && Sid.TryParse(asset, SidKind.Asset, out var assetSid)
        && Sid.TryParse(version, SidKind.Version, out var versionSid)
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) is var knownAt
        && (now - knownAt).Duration() < MaxAge
            ? new RememberedUpload(key, assetSid, versionSid, knownAt)
            : null;

    public static Sid? ParseAsset(RedisValue value) =>
        Sid.TryParse((string?)value, SidKind.Asset, out var sid) ? sid : null;
}
