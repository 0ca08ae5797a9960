using System.Globalization;
using StackExchange.Redis;

namespace Serverless.Assets.State.Redis;

/// <summary>
/// How the runs of an account share its limit on concurrent requests. One of them, the leader, looks for the limit as it
/// would alone, in the part that the others leave; they follow with equal shares of what it has found. So 429s are the
/// price of one search, not of one for each run.
/// </summary>
/// <param name="Leads">Whether the run is the leader: the oldest of those that send requests.</param>
/// <param name="Total">The limit of all runs together; null if it is not known.</param>
/// <param name="Share">The part of this run; null for a leader that does not know the limit yet.</param>
internal sealed record LimitShare(bool Leads, int? Total, int? Share)
{
    /// <summary>What all runs together use until the limit is known: less than any account allows.</summary>
    private const int Unknown = 8;

    /// <summary>A total that differs by less than this part of it is the same.</summary>
    private const int Tolerance = 20;

    /// <param name="own">The run.</param>
    /// <param name="others">The other runs of the account.</param>
    /// <param name="known">The total that the leader has published; null if there is none.</param>
    public static LimitShare Calculate(RunUsage own, IReadOnlyCollection<RunUsage> others, int? known)
    {
        List<RunUsage> busy =
        [
            .. others.Where(run => run.IsBusy).Append(own).OrderBy(run => run.Id, StringComparer.Ordinal),
        ];
        var rank = busy.IndexOf(own);
        if (rank > 0)
        {
            return new LimitShare(Leads: false, known, Divide(known ?? Unknown, busy.Count, rank));
        }

        if (!own.HasFoundLimit && known is null)
        {
            return new LimitShare(Leads: true, Total: null, Share: null);
        }

        // Before it has sent a request, the leader's own limit says nothing.
        var found = own.HasFoundLimit ? busy.Sum(run => run.Limit) : known!.Value;
        var total = known is { } published && Tolerance * Math.Abs(found - published) <= published ? published : found;
        return new LimitShare(Leads: true, total, Divide(total, busy.Count, rank));
    }

    private static int Divide(int total, int runs, int rank) =>
        Math.Max(1, (total / runs) + (rank < total % runs ? 1 : 0));
}

/// <summary>What a run tells others about its requests.</summary>
/// <param name="Id">Begins with the time of its start, so that the oldest run leads.</param>
/// <param name="Limit">The number of requests in flight that has held.</param>
/// <param name="IsBusy">Whether it sends requests, or is about to; otherwise it leaves its share to others.</param>
/// <param name="HasFoundLimit">Whether 429s or the throughput have limited it. Others need not know.</param>
internal sealed record RunUsage(string Id, int Limit, bool IsBusy, bool HasFoundLimit = false)
{
    public RedisValue Format() => string.Create(CultureInfo.InvariantCulture, $"{Limit} {(IsBusy ? 1 : 0)}");

    /// <returns>Null if the value is not valid.</returns>
    public static RunUsage? Parse(RedisValue id, RedisValue value) =>
        ((string?)value)?.Split(' ') is [var limit, var isBusy]
        && ParseLimit(limit) is { } known
        && isBusy is "0" or "1"
            ? new RunUsage(id.ToString(), known, isBusy == "1")
            : null;

    /// <returns>Null if the value is not a valid limit: Redis can contain anything.</returns>
    public static int? ParseLimit(RedisValue value) =>
        int.TryParse((string?)value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && RememberedConcurrency.IsValid(limit)
            ? limit
            : null;
}
