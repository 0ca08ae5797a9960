namespace Serverless.Assets.Client;

/// <summary>
/// How the runs of an account share its limit on concurrent requests. Until one of them has found a limit, each looks for
/// it by itself. Then the total is what all have found together, and all use equal parts of it. A 429 lowers the part of
/// the run that gets it by one request: of n requests in flight over a limit of L, n - L are rejected, so what the runs
/// have left is the limit, whichever of them are hit. The oldest run, the leader, adopts it as the total. It raises the
/// total by 1, 2, 4 and so on when all runs use their parts and no request has been rejected since. So 429s are the price
/// of one search, not of one for each run.
/// </summary>
/// <param name="heartbeat">How often each run calls <see cref="Update"/>.</param>
internal sealed class SharedLimitSearch(TimeSpan heartbeat)
{
    /// <summary>What all new runs together use until the others have made room for them.</summary>
    private const int Guests = 8;

    private readonly ExperimentSchedule _schedule = new();
    private TimeSpan? _updated;
    private TimeSpan? _settled;
    private int _step;

    /// <param name="own">The run.</param>
    /// <param name="others">The other runs of the account.</param>
    /// <param name="known">The total that a leader has published; null if there is none.</param>
    /// <param name="now">The time since an arbitrary start.</param>
    public LimitShare Update(RunUsage own, IReadOnlyCollection<RunUsage> others, int? known, TimeSpan now)
    {
        List<RunUsage> busy =
        [
            .. others.Where(run => run.IsBusy).Append(own).OrderBy(run => run.Id, StringComparer.Ordinal),
        ];
        var rank = busy.IndexOf(own);
        if (busy.Count == 1)
        {
            return new LimitShare(
                Leads: true,
                own is { HasPart: false, HasFoundLimit: true } ? own.Limit : known,
                null
            );
        }

        var total = rank > 0 ? known : FindTotal(known, busy, own, now);
        var divided = own.HasPart || rank == 0 ? total : Math.Min(total ?? 0, Guests);
        return new LimitShare(rank == 0, total, total is null ? null : Divide(divided!.Value, busy)[rank])
        {
            Runs = busy.Count,
        };
    }

    private int? FindTotal(int? known, List<RunUsage> busy, RunUsage own, TimeSpan now)
    {
        var total =
            known is { } published ? Search(published, busy, own, now)
            : busy.Exists(run => run.HasFoundLimit) ? AddUp(busy)
            : (int?)null;
        _updated = now;
        return total;
    }

    /// <summary>A run that needs less than the limit it has found says nothing about the others' requests.</summary>
    private static int AddUp(List<RunUsage> busy) =>
        Math.Max(
            busy.Where(run => run.HasFoundLimit).Max(run => run.Limit),
            busy.Sum(run => Math.Min(run.Limit, run.Needed ?? run.Limit))
        );

    /// <returns>The new total.</returns>
    private int Search(int total, List<RunUsage> busy, RunUsage own, TimeSpan now)
    {
        if (_updated is { } updated && own.Duration > TimeSpan.Zero)
        {
            _schedule.OnProcessed((int)Math.Min(1_000_000, total * ((now - updated) / own.Duration)));
        }

        var parts = Divide(total, busy);
        if (!busy.Index().All(run => HasAdopted(run.Item, total, parts[run.Index])))
        {
            _settled = null;
            return total;
        }

        var rejected = busy.Sum(run => run.Adopted!.Value.Rejected);
        if (rejected > 0)
        {
            if (_step > 0)
            {
                _schedule.OnRejected(rejected, total);
                _schedule.OnFailed();
            }
            else
            {
                _schedule.Restart(); // the service's limit has changed
            }

            _settled = null;
            _step = 0;
            return Math.Max(total - rejected, Math.Min(total, busy.Count));
        }

        // What the last heartbeats reported may not include the responses to the requests of the last raise.
        _settled ??= now;
        if (now - _settled < own.Duration + heartbeat)
        {
            return total;
        }

        if (_step > 0)
        {
            _schedule.OnSucceeded();
        }

        // A higher total would prove nothing if the runs do not use this one (RFC 7661).
        if (busy.Exists(run => run is { IsLimited: false, Needed: null }) || !own.IsLimited || !_schedule.IsPaidFor)
        {
            _step = 0;
            return total;
        }

        _settled = null;
        _step = _step == 0 ? 1 : Math.Min(2 * _step, total);
        return total + _step;
    }

    private static bool HasAdopted(RunUsage run, int total, int part) =>
        run.Adopted is { } adopted && adopted.Total == total && adopted.Part == part;

    /// <summary>
    /// Gives each run what it needs, but no more than an equal part of what is left. The first ones get the rest, so that
    /// the leader notices first if a total is too high.
    /// </summary>
    private static int[] Divide(int total, List<RunUsage> runs)
    {
        var parts = new int[runs.Count];
        var left = runs.Count;
        foreach (
            var (rank, run) in runs.Index()
                .OrderBy(run => run.Item.Needed ?? int.MaxValue)
                .ThenByDescending(run => run.Index)
        )
        {
            parts[rank] = Math.Max(1, Math.Min(run.Needed ?? int.MaxValue, total / left--));
            total -= parts[rank];
        }

        return parts;
    }
}
