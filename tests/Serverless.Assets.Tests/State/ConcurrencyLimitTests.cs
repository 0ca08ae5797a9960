using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Tests.State;

/// <summary>The limit on concurrent requests that a run found, for the next run.</summary>
public sealed class ConcurrencyLimitTests : StateTest
{
    private const string User = "SK00000000000000000000000000000001";

    private static readonly Uri Api = new("https://serverless.twilio.com/v1/");

    [Fact]
    public void It_is_known_to_later_runs_with_the_same_user_and_host()
    {
        Use(state =>
        {
            Assert.Null(state.FindConcurrencyLimit(User, Api));
            state.RecordConcurrencyLimit(User, Api, 40);
        });
        Use(state =>
        {
            Assert.Equal(40, state.FindConcurrencyLimit(User, Api));
            Assert.Equal(40, state.FindConcurrencyLimit(User, new Uri("https://me@SERVERLESS.twilio.com:443")));
            Assert.Null(state.FindConcurrencyLimit(User.Replace("SK", "AC", StringComparison.Ordinal), Api));
            Assert.Null(state.FindConcurrencyLimit(User, new Uri("https://serverless.dublin.ie1.twilio.com")));
            Assert.Null(state.FindConcurrencyLimit(User, new Uri("http://serverless.twilio.com")));
            Assert.Null(state.FindConcurrencyLimit(User, new Uri("https://serverless.twilio.com:8443")));
        });
        Assert.Empty(Logger.Warnings);
    }

    [Theory]
    [InlineData(7, 40)]
    [InlineData(7.01, null)]
    [InlineData(-1, 40)]
    [InlineData(-1.01, null)]
    public void It_counts_for_a_week(double days, int? limit)
    {
        Use(state => state.RecordConcurrencyLimit(User, Api, 40));
        Clock.AdjustTime(Clock.GetUtcNow() + TimeSpan.FromDays(days));

        Use(state => Assert.Equal(limit, state.FindConcurrencyLimit(User, Api)));
    }

    [Theory]
    [InlineData(40, 0, false)]
    [InlineData(44, 0.99, false)]
    [InlineData(36, 0, false)]
    [InlineData(45, 0, true)]
    [InlineData(35, 0, true)]
    [InlineData(40, 1.01, true)]
    [InlineData(40, 8, true)]
    [InlineData(40, -1.01, true)]
    [InlineData(0, 2, false)]
    [InlineData(1001, 2, false)]
    public void It_is_written_only_if_it_has_changed_or_is_old(int limit, double days, bool isWritten)
    {
        Use(state => state.RecordConcurrencyLimit(User, Api, 40));
        var before = File.ReadAllText(JournalPath);
        Clock.AdjustTime(Clock.GetUtcNow() + TimeSpan.FromDays(days));

        Use(state => state.RecordConcurrencyLimit(User, Api, limit));

        Assert.Equal(isWritten, before != File.ReadAllText(JournalPath));
        Use(state =>
            Assert.Equal(
                isWritten ? limit
                    : days < 7 ? 40
                    : null,
                state.FindConcurrencyLimit(User, Api)
            )
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    [InlineData(int.MaxValue)]
    public void A_limit_in_the_journal_that_none_can_be_is_ignored(int limit)
    {
        Use(state => state.RecordConcurrencyLimit(User, Api, 40));
        ReplaceLastLine(GetLastJson().Replace("\"limit\":40", $"\"limit\":{limit}", StringComparison.Ordinal));

        Use(state =>
        {
            Assert.Null(state.FindConcurrencyLimit(User, Api));
            state.RecordConcurrencyLimit(User, Api, 8);
        });
        Use(state => Assert.Equal(8, state.FindConcurrencyLimit(User, Api)));
        Assert.Empty(Logger.Warnings);
    }

    [Theory]
    [InlineData("\"limit\":40", "\"limit\":null")]
    [InlineData("\"limit\":40", "\"limit\":99999999999")]
    [InlineData("\"limit\":40", "\"limit\":\"40\"")]
    [InlineData("\"user\":\"SK00000000000000000000000000000001\"", "\"user\":null")]
    [InlineData("\"version\":1,", "")]
    [InlineData("\"version\":1,", "\"version\":1,\"forget\":\"ZN00000000000000000000000000000000\",")]
    public void A_damaged_entry_is_ignored_with_a_warning(string value, string damaged)
    {
        Use(state => state.RecordConcurrencyLimit(User, Api, 40));
        Assert.Contains(value, GetLastJson(), StringComparison.Ordinal);
        ReplaceLastLine(GetLastJson().Replace(value, damaged, StringComparison.Ordinal));

        Use(state => Assert.Null(state.FindConcurrencyLimit(User, Api)));

        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5002", JournalPath, "damaged lines (1)");
        Assert.Single(File.ReadAllLines(JournalPath));
    }

    /// <summary>
    /// Version 0.1 accepts an entry that has exactly one of its values, and ignores a version after the first line.
    /// </summary>
    [Fact]
    public void Version_0_1_reads_the_entry_as_a_version()
    {
        Use(state => state.RecordConcurrencyLimit(User, Api, 40));

        Assert.Equal(
            """{"version":1,"concurrency":{"key":{"user":"SK00000000000000000000000000000001","origin":"https://serverless.twilio.com"},"limit":40,"knownAt":"2026-01-31T12:00:00+00:00"}}""",
            GetLastJson()
        );
    }

    [Fact]
    public void Compaction_keeps_the_last_one_of_each_key()
    {
        var other = new Uri("https://localhost:8080");
        Use(state =>
        {
            state.RecordConcurrencyLimit(User, new Uri("https://old.example"), 10);
            Clock.Advance(TimeSpan.FromDays(8));
            for (var i = 0; i < 600; i++)
            {
                state.RecordConcurrencyLimit(User, Api, i % 2 == 0 ? 20 : 40);
            }

            state.RecordConcurrencyLimit(User, other, 30);
        });

        Assert.Equal(3, File.ReadAllLines(JournalPath).Length);
        Use(state =>
        {
            Assert.Equal(40, state.FindConcurrencyLimit(User, Api));
            Assert.Equal(30, state.FindConcurrencyLimit(User, other));
        });
        Assert.Empty(Logger.Warnings);
    }

    private string GetLastJson() => File.ReadAllLines(JournalPath)[^1][9..];

    private void ReplaceLastLine(string json)
    {
        var lines = File.ReadAllLines(JournalPath);
        lines[^1] = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 4))} {json}";
        File.WriteAllText(JournalPath, string.Join('\n', lines) + "\n");
    }
}
