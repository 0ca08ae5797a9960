using System.Globalization;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Reporting.Markdown;
using Serverless.Assets.Reporting.Timeline;

namespace Serverless.Assets.Reporting.Tests;

/// <summary>The machine that writes a report and its readers can have different cultures.</summary>
public sealed class CultureTests
{
    private static readonly RunReport Report = SampleRuns.Report(
        SampleRuns.Upload(1200, 3000),
        SampleRuns.Deployed
    ) with
    {
        Duration = TimeSpan.FromSeconds(1234.56),
        Requests = new RequestTimeline([TimelineTests.Attempt(0.125, 1.5), TimelineTests.Attempt(1.25, 2000.5)], [], 2),
    };

    public static TheoryData<string> All => Cultures.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_format_is_the_same_in_every_culture(string culture)
    {
        foreach (
            var format in (Func<RunReport, string>[])[MarkdownSummary.Format, HtmlReport.Render, RunOutputs.Format]
        )
        {
            Assert.Equal(Cultures.Run("", () => format(Report)), Cultures.Run(culture, () => format(Report)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_summary_has_years_of_the_common_era_and_decimal_points(string culture) =>
        Assert.Contains(
            "- Started at 2026-03-01 12:30:00 UTC, took 1234.6 s\n",
            Cultures.Run(culture, () => MarkdownSummary.Format(Report)),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_cultures_of_these_tests_differ_from_the_invariant_one()
    {
        Assert.All(
            All.Select(row => row.Data),
            culture =>
                Assert.NotEqual(
                    FormattableString.Invariant(
                        $"{-1.5} {Report.StartedAt:yyyy-MM-dd} {"i".ToUpper(CultureInfo.InvariantCulture)}"
                    ),
                    Cultures.Run(
                        culture,
                        () =>
                            ((FormattableString)$"{-1.5} {Report.StartedAt:yyyy-MM-dd}").ToString(
                                CultureInfo.CurrentCulture
                            )
                            + " "
                            + "i".ToUpper(CultureInfo.CurrentCulture)
                    )
                )
        );
    }
}
