using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Tests;

public sealed class TimelineTests
{
    [Fact]
    public void Attempts_at_the_same_time_are_in_rows_of_their_own_and_rows_are_used_again()
    {
        TimelineAttempt[] attempts =
        [
            Attempt(0, 10),
            Attempt(1, 4),
            Attempt(2, 3),
            Attempt(3, 8),
            Attempt(4, 6),
            Attempt(11, 12),
        ];
        Assert.Equal([0, 1, 2, 2, 1, 0], new TimelineBars(attempts).Rows);
    }

    [Theory]
    [InlineData(0.0001, "0 s|0 s|0 s|0 s|0 s|0 s")]
    [InlineData(0.35, "0 s|0.1 s|0.2 s|0.3 s")]
    [InlineData(1, "0 s|0.2 s|0.4 s|0.6 s|0.8 s|1 s")]
    [InlineData(7.8, "0 s|2 s|4 s|6 s")]
    [InlineData(1800, "0 s|500 s|1000 s|1500 s")]
    public void Ticks_are_round_and_few(double seconds, string ticks) =>
        Assert.Equal(
            ticks,
            string.Join(
                '|',
                new TimeScale(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3 + seconds))
                    .Ticks()
                    .Select(tick => tick.Text)
            )
        );

    [Fact]
    public void Columns_tell_the_average_in_flight_and_count_each_attempt_once()
    {
        TimelineAttempt[] attempts = [Attempt(0, 10), Attempt(0, 5), Attempt(5, 10, "429"), Attempt(9.5, 10, "500")];
        var columns = new TimelineColumns(attempts, new TimeScale(TimeSpan.Zero, TimeSpan.FromSeconds(10)), 5);
        Assert.Equal(
            [2, 2, 1.5, 1, 1],
            Enumerable.Range(0, 5).Select(column => Math.Round(columns.InFlight(column, AttemptOutcome.Succeeded), 6))
        );
        Assert.Equal(
            [0, 0, 0.5, 1, 1],
            Enumerable.Range(0, 5).Select(column => Math.Round(columns.InFlight(column, AttemptOutcome.Throttled), 6))
        );
        Assert.Equal(
            [0, 0, 0, 0, 0.25],
            Enumerable.Range(0, 5).Select(column => Math.Round(columns.InFlight(column, AttemptOutcome.Failed), 6))
        );
        Assert.Equal([0, 0, 1, 0, 3], Enumerable.Range(0, 5).Select(columns.EndedIn));
        Assert.Equal(2.25, columns.Highest, 1e-6);
        Assert.Equal("8.0 s to 10.0 s: 3 requests ended, 1 with 429, 1 failed", columns.Title(4));
    }

    [Fact]
    public void The_log_keeps_so_many_and_counts_all()
    {
        var log = new RequestLog(new FakeTimeProvider());
        for (var i = 0; i < RequestLog.Capacity + 5; i++)
        {
            log.Add(Attempt(i, i + 1));
        }

        var timeline = log.ToTimeline();
        Assert.Equal((RequestLog.Capacity, RequestLog.Capacity + 5), (timeline.Attempts.Count, timeline.Total));
    }

    [Theory]
    [InlineData("Service.Fetch", "404", nameof(AttemptOutcome.Succeeded))]
    [InlineData("Asset.Delete", "404", nameof(AttemptOutcome.Succeeded))]
    [InlineData("Asset.Create", "404", nameof(AttemptOutcome.Failed))]
    [InlineData("Service.Fetch", "429", nameof(AttemptOutcome.Throttled))]
    [InlineData("Service.Fetch", "timeout", nameof(AttemptOutcome.Failed))]
    [InlineData("Service.Fetch", null, nameof(AttemptOutcome.Succeeded))]
    public void A_not_found_response_to_a_lookup_is_a_success(string operation, string? error, string outcome) =>
        Assert.Equal(outcome, $"{(Attempt(0, 1, error) with { Operation = operation }).Outcome}");

    internal static TimelineAttempt Attempt(double start, double end, string? error = null, string? path = null) =>
        new(
            "AssetVersion.Create",
            $"Asset Version {path}",
            path,
            TimeSpan.FromSeconds(start),
            TimeSpan.FromSeconds(start),
            TimeSpan.FromSeconds(end),
            error is null ? 201
                : int.TryParse(error, out var status) ? status
                : null,
            error,
            0,
            1,
            8,
            8,
            100
        );
}
