namespace Serverless.Assets.Client.Tests.Concurrency;

/// <summary>How runs share the limit of an account. The first one by ID is the oldest.</summary>
public sealed class LimitShareTests
{
    [Fact]
    public void A_single_run_looks_for_the_limit_as_usual()
    {
        Assert.Equal(new LimitShare(Leads: true, Total: null, Part: null), Calculate(Run("a", 8)));
    }

    [Fact]
    public void Until_the_limit_is_known_the_oldest_looks_for_it_and_the_others_use_little()
    {
        RunUsage[] runs = [Run("a", 8), Run("b", 8), Run("c", 8)];

        Assert.Equal(new LimitShare(Leads: true, Total: null, Part: null), Calculate(runs[0], runs[1..]));
        Assert.Equal(new LimitShare(Leads: false, Total: null, Part: 3), Calculate(runs[1], [runs[0], runs[2]]));
        Assert.Equal(new LimitShare(Leads: false, Total: null, Part: 2), Calculate(runs[2], runs[..2]));
    }

    [Fact]
    public void The_total_is_first_what_all_use_together()
    {
        var leader = Run("a", 36) with { HasFoundLimit = true };

        Assert.Equal(new LimitShare(Leads: true, Total: 40, Part: 20), Calculate(leader, [Run("b", 4)]));
    }

    [Theory]
    [InlineData(8, 8, 40)]
    [InlineData(8, 9, 41)]
    [InlineData(8, 5, 37)]
    [InlineData(null, 36, 40)] // a new leader has gained nothing yet
    public void The_total_changes_by_what_the_leader_gains_or_loses(int? part, int limit, int total)
    {
        var leader = Run("a", limit) with { HasFoundLimit = true, Part = part };

        Assert.Equal(total, Calculate(leader, [Run("b", 1)], known: 40).Total);
    }

    [Theory]
    [InlineData(3, false, 37)]
    [InlineData(100, false, 20)] // at most half
    [InlineData(3, true, 40)] // the leader's higher limit is to blame, which has not been added yet
    public void Rejected_requests_of_others_lower_the_total(int rejected, bool isTrying, int total)
    {
        var leader = Run("a", 8) with { Part = 8, IsTrying = isTrying };

        var share = LimitShare.Calculate(leader, [Run("b", 8)], known: 40, rejected);

        Assert.Equal((total, rejected), (share.Total, share.Rejected));
    }

    [Fact]
    public void While_runs_come_and_go_429s_do_not_change_the_total()
    {
        var leader = Run("a", 3) with { HasFoundLimit = true, Part = 20 };

        Assert.Equal(
            new LimitShare(Leads: true, Total: 40, Part: 20),
            LimitShare.Calculate(leader, [Run("b", 1)], known: 40, rejected: null)
        );
    }

    [Fact]
    public void A_new_run_waits_until_the_others_have_made_room()
    {
        var joining = Run("b", 8);

        Assert.Equal(4, Calculate(joining, [Run("a", 40)], known: 40).Part);
        Assert.Equal(20, Calculate(joining with { Part = 4 }, [Run("a", 20)], known: 40).Part);
    }

    [Theory]
    [InlineData(40, 5, "8 8 8 8 8")]
    [InlineData(42, 5, "9 9 8 8 8")]
    [InlineData(3, 5, "1 1 1 1 1")] // each run has to send something
    [InlineData(1000, 3, "334 333 333")]
    public void All_runs_get_equal_parts(int total, int count, string parts)
    {
        var runs = Enumerable.Range(0, count).Select(number => Run($"{number}", 1) with { Part = 1 }).ToList();

        Assert.Equal(
            parts,
            string.Join(' ', runs.Select(run => Calculate(run, [.. runs.Where(other => other != run)], total).Part))
        );
    }

    [Fact]
    public void Runs_that_wait_for_something_else_leave_their_part_to_others()
    {
        var waiting = Run("a", 20) with { IsBusy = false };

        Assert.Equal(new LimitShare(Leads: true, Total: 40, Part: 40), Calculate(Run("b", 20), [waiting], known: 40));
        Assert.Equal(
            new LimitShare(Leads: false, Total: 40, Part: 20),
            Calculate(Run("c", 20) with { Part = 20 }, [waiting, Run("b", 20)], known: 40)
        );
    }

    /// <summary>Whoever joins or leaves makes the parts inconsistent for a moment.</summary>
    [Fact]
    public void Rejected_requests_count_when_the_same_runs_have_been_busy_for_a_while()
    {
        var count = new RejectionCount();

        Assert.Null(count.Count([Run("b", 8) with { Rejected = 5 }]));
        Assert.Null(count.Count([Run("b", 8) with { Rejected = 6 }]));
        Assert.Equal(1, count.Count([Run("b", 8) with { Rejected = 7 }]));
        Assert.Null(count.Count([Run("b", 8) with { Rejected = 9 }, Run("c", 8) with { Rejected = 3 }]));
        Assert.Null(count.Count([Run("b", 8) with { Rejected = 10 }, Run("c", 8) with { Rejected = 4 }]));
        Assert.Equal(3, count.Count([Run("b", 8) with { Rejected = 12 }, Run("c", 8) with { Rejected = 5 }]));
        Assert.Equal(0, count.Count([Run("b", 8) with { Rejected = 2 }, Run("c", 8) with { Rejected = 5 }])); // invalid
        Assert.Null(
            count.Count([Run("b", 8) with { Rejected = 3 }, Run("c", 8) with { IsBusy = false, Rejected = 6 }])
        );
    }

    private static RunUsage Run(string id, int limit) => new(id, limit, IsBusy: true);

    private static LimitShare Calculate(RunUsage own, RunUsage[]? others = null, int? known = null) =>
        LimitShare.Calculate(own, others ?? [], known, rejected: 0);
}
