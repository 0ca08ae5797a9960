using Serverless.Assets.State.Redis;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>How runs share the limit of an account. The first one by ID is the oldest.</summary>
public sealed class LimitShareTests
{
    [Fact]
    public void A_single_run_looks_for_the_limit_as_usual()
    {
        Assert.Equal(new LimitShare(Leads: true, Total: null, Share: null), Calculate(Run("a", 8)));
    }

    [Fact]
    public void Until_the_limit_is_known_the_oldest_looks_for_it_and_the_others_use_little()
    {
        RunUsage[] runs = [Run("a", 8), Run("b", 8), Run("c", 8)];

        Assert.Equal(new LimitShare(Leads: true, Total: null, Share: null), Calculate(runs[0], runs[1..]));
        Assert.Equal(new LimitShare(Leads: false, Total: null, Share: 3), Calculate(runs[1], [runs[0], runs[2]]));
        Assert.Equal(new LimitShare(Leads: false, Total: null, Share: 2), Calculate(runs[2], runs[..2]));
    }

    [Fact]
    public void The_leader_publishes_what_all_use_together()
    {
        var leader = Run("a", 36) with { HasFoundLimit = true };

        Assert.Equal(new LimitShare(Leads: true, Total: 40, Share: 20), Calculate(leader, [Run("b", 4)]));
        Assert.Equal(new LimitShare(Leads: true, Total: 40, Share: 20), Calculate(leader, [Run("b", 4)], known: 40));
        Assert.Equal(new LimitShare(Leads: true, Total: 40, Share: 20), Calculate(leader, [Run("b", 4)], known: 30));
    }

    /// <summary>Otherwise, all shares would change whenever one run gets a 429.</summary>
    [Fact]
    public void A_small_difference_does_not_change_the_total()
    {
        var leader = Run("a", 9) with { HasFoundLimit = true };

        Assert.Equal(40, Calculate(leader, [Run("b", 30)], known: 40).Total);
        Assert.Equal(40, Calculate(leader, [Run("b", 33)], known: 40).Total);
        Assert.Equal(37, Calculate(leader, [Run("b", 28)], known: 40).Total);
        Assert.Equal(43, Calculate(leader, [Run("b", 34)], known: 40).Total);
    }

    [Theory]
    [InlineData(40, 5, "8 8 8 8 8")]
    [InlineData(42, 5, "9 9 8 8 8")]
    [InlineData(3, 5, "1 1 1 1 1")] // each run has to send something
    [InlineData(1000, 3, "334 333 333")]
    public void All_runs_get_equal_shares(int total, int count, string shares)
    {
        var runs = Enumerable.Range(0, count).Select(number => Run($"{number}", 1)).ToList();

        Assert.Equal(
            shares,
            string.Join(' ', runs.Select(run => Calculate(run, [.. runs.Where(other => other != run)], total).Share))
        );
    }

    [Fact]
    public void Runs_that_wait_for_something_else_leave_their_share_to_others()
    {
        var waiting = Run("a", 20) with { IsBusy = false };

        Assert.Equal(new LimitShare(Leads: true, Total: 40, Share: 40), Calculate(Run("b", 20), [waiting], known: 40));
        Assert.Equal(
            new LimitShare(Leads: false, Total: 40, Share: 20),
            Calculate(Run("c", 20), [waiting, Run("b", 20)], 40)
        );
    }

    /// <summary>A limit that an earlier run has found; no request has shown yet that it still applies.</summary>
    [Fact]
    public void A_new_leader_starts_with_its_share_of_a_known_limit()
    {
        Assert.Equal(new LimitShare(Leads: true, Total: 40, Share: 40), Calculate(Run("a", 8), known: 40));
    }

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("0 1")]
    [InlineData("-8 1")]
    [InlineData("1001 1")]
    [InlineData("99999999999 1")]
    [InlineData("8 2")]
    [InlineData("8 1 1")]
    [InlineData("８ 1")]
    public void Other_values_are_ignored(string value)
    {
        Assert.Null(RunUsage.Parse("a", value));
    }

    [Fact]
    public void The_usage_of_a_run_is_read_as_it_was_written()
    {
        foreach (var usage in new[] { Run("a", 1), Run("b", 1000) with { IsBusy = false } })
        {
            Assert.Equal(usage, RunUsage.Parse(usage.Id, usage.Format()));
        }
    }

    private static RunUsage Run(string id, int limit) => new(id, limit, IsBusy: true);

    private static LimitShare Calculate(RunUsage own, RunUsage[]? others = null, int? known = null) =>
        LimitShare.Calculate(own, others ?? [], known);
}
