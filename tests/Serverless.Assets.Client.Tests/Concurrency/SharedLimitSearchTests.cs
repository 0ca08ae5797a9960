using System.Globalization;

namespace Serverless.Assets.Client.Tests.Concurrency;

/// <summary>How runs share the limit of an account. The first one by ID is the oldest.</summary>
public sealed class SharedLimitSearchTests
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(100);

    private readonly SharedLimitSearch _search = new(Heartbeat);
    private TimeSpan _now;

    [Fact]
    public void A_single_run_looks_for_the_limit_by_itself()
    {
        Assert.Equal((true, null, null), Update(Run("a", 16)));
        Assert.Equal((true, 40, null), Update(Run("a", 16), known: 40)); // what an earlier run has found
        Assert.Equal((true, 38, null), Update(Run("a", 38) with { HasFoundLimit = true }, known: 40));
        Assert.Equal((true, 40, null), Update(Run("a", 8) with { HasFoundLimit = true, HasPart = true }, known: 40));
    }

    [Fact]
    public void Until_one_has_found_the_limit_each_run_looks_for_it_by_itself()
    {
        RunUsage[] runs = [Run("a", 8), Run("b", 8), Run("c", 8)];

        Assert.Equal((true, null, null), Update(runs[0], runs[1..]));
        Assert.Equal((false, null, null), Update(runs[1], [runs[0], runs[2]]));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_total_is_first_what_all_have_found_together(bool hasLeaderFound, bool hasOtherFound)
    {
        var leader = Run("a", 36) with { HasFoundLimit = hasLeaderFound };
        var other = Run("b", 4) with { HasFoundLimit = hasOtherFound };

        Assert.Equal((true, 40, 20), Update(leader, [other]));
        Assert.Equal((false, null, null), Update(other, [leader])); // the leader decides
    }

    [Fact]
    public void A_new_run_uses_little_until_the_others_have_made_room()
    {
        var joining = Run("b", 8);

        Assert.Equal((false, 40, 4), Update(joining, [Run("a", 40)], known: 40));
        Assert.Equal((false, 4, 2), Update(joining, [Run("a", 4)], known: 4));
        Assert.Equal((false, 40, 20), Update(joining with { HasPart = true }, [Run("a", 20)], known: 40));
    }

    [Theory]
    [InlineData(40, 5, "8 8 8 8 8")]
    [InlineData(42, 5, "9 9 8 8 8")] // the leader notices first if it is too much
    [InlineData(3, 5, "1 1 1 1 1")] // each run has to send something
    [InlineData(1000, 3, "334 333 333")]
    public void All_runs_get_equal_parts(int total, int count, string parts)
    {
        var runs = Enumerable.Range(0, count).Select(number => Run($"{number}", 1) with { HasPart = true }).ToList();

        Assert.Equal(
            parts,
            string.Join(' ', runs.Select(run => Update(run, [.. runs.Where(other => other != run)], total).Part))
        );
    }

    [Theory]
    [InlineData("- - - -", "10 10 10 10")]
    [InlineData("3 - - -", "3 13 12 12")]
    [InlineData("- 9 - 2", "15 9 14 2")]
    [InlineData("10 11 - 12", "10 10 10 10")]
    [InlineData("2 2 2 2", "2 2 2 2")]
    public void What_a_run_does_not_need_is_left_to_others(string needs, string parts)
    {
        var runs = needs
            .Split(' ')
            .Select(
                (need, number) =>
                    Run($"{number}", 1) with
                    {
                        HasPart = true,
                        Needed = int.TryParse(need, CultureInfo.InvariantCulture, out var needed) ? needed : null,
                    }
            )
            .ToList();

        Assert.Equal(
            parts,
            string.Join(' ', runs.Select(run => Update(run, [.. runs.Where(other => other != run)], known: 40).Part))
        );
    }

    [Fact]
    public void Runs_that_wait_for_something_else_leave_their_part_to_others()
    {
        var waiting = Run("a", 20) with { IsBusy = false };

        Assert.Equal((true, 40, null), Update(Run("b", 20), [waiting], known: 40));
        Assert.Equal((false, 40, 20), Update(Run("c", 20) with { HasPart = true }, [waiting, Run("b", 20)], known: 40));
    }

    [Fact]
    public void What_429s_have_left_to_all_runs_is_the_new_total()
    {
        Assert.Equal(
            (true, 37, 19),
            Update(With(40, 20, rejected: 1), [With(40, 20, rejected: 2, id: "b")], known: 40)
        );
    }

    /// <summary>Their 429s are about other parts.</summary>
    [Theory]
    [InlineData(40, 8)]
    [InlineData(40, 14)]
    [InlineData(39, 20)]
    public void While_a_run_has_not_adopted_its_part_the_total_does_not_change(int total, int part)
    {
        for (var beat = 0; beat < 10; beat++)
        {
            Assert.Equal(
                (true, 40, 20),
                Update(With(40, 20) with { IsLimited = true }, [With(total, part, rejected: 3, id: "b")], known: 40)
            );
            Assert.Equal((true, 40, 20), Update(With(40, 20), [Run("b", 20)], known: 40));
        }
    }

    [Fact]
    public void The_total_rises_by_more_and_more_as_long_as_no_request_is_rejected()
    {
        Assert.Equal([41, 43, 47, 55], Search(40, beats: 14).Distinct().Skip(1));
    }

    [Fact]
    public void A_raise_is_tested_for_longer_than_a_request_takes()
    {
        var totals = Search(40, beats: 12);

        Assert.All(totals.Chunk(3), same => Assert.Single(same.Distinct())); // 0.1 s for a request and 0.1 s for its report
    }

    [Fact]
    public void The_total_does_not_rise_if_the_runs_do_not_use_it()
    {
        Assert.Equal([40], Search(40, beats: 20, isLimited: false).Distinct());
        Assert.Equal([40], Search(40, beats: 20, isOtherLimited: false).Distinct());
    }

    [Fact]
    public void The_more_429s_a_raise_has_cost_the_later_the_next_one_follows()
    {
        Search(40, beats: 4);
        Assert.Equal(36, Update(With(41, 21, rejected: 2), [With(41, 20, rejected: 3, id: "b")], known: 41).Total);

        // 5 x 80 requests at 36 per 0.1 s, instead of 3 heartbeats
        Assert.InRange(Search(36, beats: 40).TakeWhile(total => total == 36).Count(), 10, 14);
    }

    [Fact]
    public void After_a_limit_has_dropped_a_raise_follows_soon()
    {
        Assert.Equal(20, Update(With(40, 20, rejected: 10), [With(40, 20, rejected: 10, id: "b")], known: 40).Total);
        Assert.Equal([20, 21], Search(20, beats: 5).Distinct());
    }

    /// <summary>Each has one request in flight and pauses between them. The total says nothing more.</summary>
    [Fact]
    public void There_can_be_more_runs_than_requests_are_allowed()
    {
        for (var beat = 0; beat < 10; beat++)
        {
            Assert.Equal((true, 2, 1), Update(With(2, 1, rejected: 1), [With(2, 1, rejected: 1, id: "b")], known: 2));
        }
    }

    private static RunUsage Run(string id, int limit) =>
        new(id, limit, IsBusy: true) { Duration = TimeSpan.FromMilliseconds(100) };

    /// <summary>A run that has adopted a share.</summary>
    private static RunUsage With(int total, int part, int rejected = 0, string id = "a") =>
        Run(id, part - rejected) with
        {
            HasPart = true,
            Adopted = new AdoptedShare(total, part, rejected),
        };

    /// <summary>Two runs adopt the total at once, and no request is rejected.</summary>
    private List<int> Search(int total, int beats, bool isLimited = true, bool isOtherLimited = true)
    {
        var totals = new List<int>();
        for (var beat = 0; beat < beats; beat++)
        {
            var leader = With(total, (total + 1) / 2) with { IsLimited = isLimited };
            var other = With(total, total / 2, id: "b") with { IsLimited = isOtherLimited };
            totals.Add(total);
            total = Update(leader, [other], total).Total!.Value;
        }

        return totals;
    }

    private (bool Leads, int? Total, int? Part) Update(RunUsage own, RunUsage[]? others = null, int? known = null)
    {
        _now += Heartbeat;
        var share = _search.Update(own, others ?? [], known, _now);
        return (share.Leads, share.Total, share.Part);
    }
}
