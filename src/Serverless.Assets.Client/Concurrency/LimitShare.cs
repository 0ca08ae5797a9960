namespace Serverless.Assets.Client;

/// <summary>
/// How the runs of an account share its limit on concurrent requests. One of them, the leader, looks for the limit as it
/// would alone, in the part that the others leave. It adds what its own part gains or loses to the total, and all runs use
/// equal parts of it. So 429s are the price of one search, not of one for each run.
/// </summary>
/// <param name="Leads">Whether the run is the leader: the oldest of those that send requests.</param>
/// <param name="Total">The limit of all runs together; null if it is not known.</param>
/// <param name="Part">The part of this run; null for a leader that does not know the limit yet.</param>
internal sealed record LimitShare(bool Leads, int? Total, int? Part)
{
    /// <summary>What all runs together use until the limit is known: less than any account allows.</summary>
    private const int Unknown = 8;

    /// <summary>The number of requests of the other runs that were rejected since the leader asked last.</summary>
    public int Rejected { get; init; }

    /// <param name="own">The run.</param>
    /// <param name="others">The other runs of the account.</param>
    /// <param name="known">The total that a leader has published; null if there is none.</param>
    /// <param name="rejected">
    /// The number of requests of the others that were rejected since the last call; null while the runs do not have their
    /// parts yet, because others have just come or gone: 429s then say nothing about the total.
    /// </param>
    public static LimitShare Calculate(RunUsage own, IReadOnlyCollection<RunUsage> others, int? known, int? rejected)
    {
        List<RunUsage> busy =
        [
            .. others.Where(run => run.IsBusy).Append(own).OrderBy(run => run.Id, StringComparer.Ordinal),
        ];
        var rank = busy.IndexOf(own);
        if (rank > 0)
        {
            // The others make room for a new run with their next heartbeat.
            return new LimitShare(
                Leads: false,
                known,
                Divide(own.Part is null ? Unknown : known ?? Unknown, busy.Count, rank)
            );
        }

        var total =
            known is { } published ? Update(published, own, rejected)
            : own.HasFoundLimit ? busy.Sum(run => run.Limit)
            : (int?)null;
        return new LimitShare(Leads: true, total, total is { } found ? Divide(found, busy.Count, rank) : null)
        {
            Rejected = rejected ?? 0,
        };
    }

    /// <summary>
    /// Requests of other runs that are rejected while the leader tries a higher limit only show that it is too high.
    /// </summary>
    private static int Update(int total, RunUsage leader, int? rejected)
    {
        if (rejected is null)
        {
            return total;
        }

        var updated = total + (leader.Part is { } part ? leader.Limit - part : 0);
        return Math.Max(1, leader.IsTrying ? updated : Math.Max(updated / 2, updated - rejected.Value));
    }

    private static int Divide(int total, int runs, int rank) =>
        Math.Max(1, (total / runs) + (rank < total % runs ? 1 : 0));
}

/// <summary>What a run tells others about its requests, and what it knows itself.</summary>
/// <param name="Id">Begins with the time of its start, so that the oldest run leads.</param>
/// <param name="Limit">The number of requests in flight that has held.</param>
/// <param name="IsBusy">Whether it sends requests, or is about to; otherwise it leaves its part to others.</param>
/// <param name="Rejected">The number of its requests that were rejected so far.</param>
internal sealed record RunUsage(string Id, int Limit, bool IsBusy, long Rejected = 0)
{
    /// <summary>Whether 429s or the throughput have limited it. Others need not know.</summary>
    public bool HasFoundLimit { get; init; }

    /// <summary>Whether it tries a higher limit now. Others need not know.</summary>
    public bool IsTrying { get; init; }

    /// <summary>The part that it has adopted last; null if there is none. Others need not know.</summary>
    public int? Part { get; init; }
}
