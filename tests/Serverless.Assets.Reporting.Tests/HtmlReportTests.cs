using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Reporting.Timeline;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Reporting.Tests;

/// <summary>The page as text. End-to-end tests check its appearance and behavior in a browser.</summary>
public sealed partial class HtmlReportTests
{
    /// <summary>Begins and ends every context that contains it, and changes the text direction.</summary>
    private const string Hostile = "\"'></title></style></script><!--<img src=x onerror=alert(1)>\u202e\u0007{0}&amp;";

    private const string Shown =
        "&quot;&#39;&gt;&lt;/title&gt;&lt;/style&gt;&lt;/script&gt;"
        + "&lt;!--&lt;img src=x onerror=alert(1)&gt;\\u202e\\u0007{0}&amp;amp;";

    [Fact]
    public void External_values_are_text_everywhere_on_the_page()
    {
        var deployed = new DeployResult(
            TestSid.From("ZS1"),
            Hostile,
            TestSid.From("ZE1"),
            Hostile,
            new Uri("https://a.test/\"><script>"),
            TestSid.From("ZB1"),
            TestSid.From("ZD1"),
            null,
            true,
            null
        )
        {
            Build = SampleRuns.Build(
                TestSid.From("ZB1"),
                new ComparedAsset("/new", Visibility.Public, AssetChange.New, 1000, Hostile, TestSid.From("ZN1")),
                new ComparedAsset(
                    "/unchanged",
                    Visibility.Private,
                    AssetChange.Unchanged,
                    2000,
                    Hostile,
                    TestSid.From("ZN2")
                ),
                new ComparedAsset(
                    $"/{Hostile}/{Hostile}",
                    Visibility.Public,
                    AssetChange.Kept,
                    null,
                    null,
                    TestSid.From("ZN3")
                ),
                new ComparedAsset(
                    $"/gone/{Hostile}",
                    Visibility.Private,
                    AssetChange.Removed,
                    null,
                    null,
                    TestSid.From("ZN4")
                )
            ),
        };
        var report = SampleRuns
            .Report(SampleRuns.Upload(1, 1) with { ManifestPath = Hostile }, deployed)
            .With(run => run with { Warnings = [Diagnostic.Warning("SAB2016", $"'{Hostile}' is odd.")] }) with
        {
            Name = Hostile,
            Requests = new RequestTimeline(
                [
                    TimelineTests.Attempt(0, 1, path: Hostile) with
                    {
                        Subject = Hostile,
                        Operation = Hostile,
                        Error = Hostile,
                    },
                ],
                [
                    new TimelinePhase(Hostile, TimeSpan.Zero, TimeSpan.FromSeconds(1)),
                    new TimelinePhase(Hostile, TimeSpan.Zero, TimeSpan.FromSeconds(1)),
                ],
                1
            ),
        };

        var page = HtmlReport.Render(report);

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u0007', page);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(page, "<script"));
        Assert.Equal(1, Regex.Count(page, "</script>"));
        Assert.Equal(1, Regex.Count(page, "</style>"));
        Assert.True(Regex.Count(page, Regex.Escape(Shown)) >= 12, page);
        Assert.Contains("href=\"https://a.test/%22%3E%3Cscript%3E\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_URL_that_is_not_a_web_page_is_not_a_link()
    {
        var page = HtmlReport.Render(
            SampleRuns.Report(SampleRuns.Deployed with { Url = new Uri("javascript:alert(1)") })
        );
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.Ordinal);
        Assert.Contains("</strong>: javascript:alert(1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_no_resource_but_links_to_explanations()
    {
        var page = HtmlReport.Render(
            SampleRuns.Report().With(run => run with { Warnings = [Diagnostic.Warning("SAB2016", $"odd.")] })
        );
        Assert.Equal(
            ["https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md#sab2016"],
            Address().Matches(page).Select(match => match.Groups[1].Value)
        );
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0, "Nothing done", "succeeded", "Nothing was done")]
    [InlineData(true, 0, "Canceled", "canceled", "Canceled; nothing was deployed")]
    [InlineData(true, 2, "Failed", "failed", "Failed with 2 errors")]
    public void The_page_reports_the_outcome_of_the_run(
        bool isCanceled,
        int errors,
        string title,
        string style,
        string sentence
    )
    {
        var page = HtmlReport.Render(
            SampleRuns
                .Report()
                .With(run =>
                    run with
                    {
                        IsCanceled = isCanceled,
                        Errors = [.. Enumerable.Repeat(Diagnostic.Error("SAB3006", $"broken."), errors)],
                    }
                )
        );
        Assert.Contains($"<title>site: {title}</title>", page, StringComparison.Ordinal);
        Assert.Contains(
            $"<p class=\"outcome {style}\"><strong><bdi>{sentence}</bdi></strong></p>",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal(errors, Regex.Count(page, "data-code=\"SAB3006\""));
    }

    [Fact]
    public void Long_lists_are_cut_and_say_so()
    {
        var page = HtmlReport.Render(
            SampleRuns
                .Report(
                    SampleRuns.Build(
                        TestSid.From("ZB1"),
                        [
                            .. Enumerable
                                .Range(0, 2003)
                                .Select(i => new ComparedAsset(
                                    $"/{i}.txt",
                                    Visibility.Public,
                                    AssetChange.New,
                                    10,
                                    $"assets/{i}.txt",
                                    TestSid.From("ZN1")
                                )),
                        ]
                    )
                )
                .With(run =>
                    run with
                    {
                        Warnings = [.. Enumerable.Repeat(Diagnostic.Warning("SAB2016", $"odd."), 502)],
                    }
                )
        );
        Assert.Contains("<span class=\"count\" data-change=\"new\">2,003</span>", page, StringComparison.Ordinal);
        Assert.Contains("and 3 more, which are in the manifest", page, StringComparison.Ordinal);
        Assert.Contains("and 2 more, which are in the log", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New", false, "which are in the manifest")]
    [InlineData("Kept", false, "which are not shown")]
    [InlineData("Removed", false, "which are not shown")]
    [InlineData("New", true, "which are not shown")]
    public void The_manifest_is_referred_to_only_for_assets_that_it_lists(string change, bool isPlan, string where)
    {
        var assets = Enumerable
            .Range(0, 2003)
            .Select(i => new ComparedAsset(
                $"/{i}.txt",
                Visibility.Public,
                Enum.Parse<AssetChange>(change),
                10,
                "a.txt",
                TestSid.From("ZN1")
            ))
            .ToList();

        var page = HtmlReport.Render(
            SampleRuns.Report(isPlan ? SampleRuns.Plan(assets.Count) : SampleRuns.Build("ZB1", assets))
        );

        Assert.Contains($"and 3 more, {where}<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_that_the_assets_are_compared_with_is_that_of_the_last_operation()
    {
        var asset = new ComparedAsset("/a.txt", Visibility.Public, AssetChange.New, 10, "a.txt", TestSid.From("ZN1"));
        var upload = SampleRuns.Upload(1, 1);
        Assert.Equal("earlier uploads", ComparedWith(upload));
        Assert.Equal("the live site", ComparedWith(upload, SampleRuns.Build("ZB1", asset)));
        Assert.Equal("the live site", ComparedWith(SampleRuns.Plan(1)));
        Assert.Equal("earlier uploads", ComparedWith(upload, SampleRuns.Deployed)); // compares nothing

        static string ComparedWith(params IReadOnlyList<OperationResult> operations) =>
            Regex.Match(HtmlReport.Render(SampleRuns.Report(operations)), "Compared with ([a-z ]+)").Groups[1].Value;
    }

    [Fact]
    public void A_long_path_is_complete()
    {
        var path = new string('x', 600);
        Assert.Contains(
            $"<bdi class=\"source\">{path}</bdi>",
            HtmlReport.Render(
                SampleRuns.Report(
                    SampleRuns.Build(
                        TestSid.From("ZB1"),
                        new ComparedAsset("/a.txt", Visibility.Public, AssetChange.New, 10, path, TestSid.From("ZN1"))
                    )
                )
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Very_many_requests_are_drawn_as_columns_that_count_all()
    {
        var attempts = Enumerable
            .Range(0, 5000)
            .Select(i => TimelineTests.Attempt(i / 100.0, (i / 100.0) + 0.195, i % 50 == 0 ? "429" : null, $"/{i}"))
            .ToList();
        var page = HtmlReport.Render(SampleRuns.Report() with { Requests = new RequestTimeline(attempts, [], 5003) });
        Assert.DoesNotContain("data-attempt=", page, StringComparison.Ordinal);
        Assert.Equal(
            5000,
            Column()
                .Matches(page)
                .Sum(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.Contains(
            "5,003 requests, at most 20 in flight, limit from 8 to 8. "
                + "Only the first 5,000 were kept, and are shown here.",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "429, sent again <strong data-outcome=\"throttled\">100</strong>",
            page,
            StringComparison.Ordinal
        );
        Assert.True(page.Length < 500_000, $"{page.Length} characters");
    }

    [Fact]
    public async Task It_is_written_whole_after_each_step_and_in_the_words_of_the_front()
    {
        using var temp = new TempFolder();
        var logger = new RecordingLogger();
        var reporter = new RunReporter(
            new ReportSettings("site", null, null)
            {
                ReportPath = temp["out/report.html"],
                Terms = FrontTerms.CommandLine,
            }
        );
        await reporter.PublishAsync(logger, TestContext.Current.CancellationToken);
        Assert.Contains(
            "<title>site: Nothing done</title>",
            await File.ReadAllTextAsync(temp["out/report.html"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        reporter.Add(new RunFailure([Diagnostic.Error("SAB3009", $"Raise {SettingTable.Timeout}.")]));
        await reporter.PublishAsync(logger, TestContext.Current.CancellationToken);
        Assert.Contains(
            "Raise --timeout.",
            await File.ReadAllTextAsync(temp["out/report.html"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal([temp["out/report.html"]], Directory.GetFiles(temp["out"]));
        Assert.Empty(logger.Warnings);
    }

    [Fact]
    public async Task A_page_that_cannot_be_written_is_a_warning()
    {
        using var temp = new TempFolder();
        var logger = new RecordingLogger();
        await new RunReporter(new ReportSettings("site", null, null) { ReportPath = temp.Path }).PublishAsync(
            logger,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(("SAB5013", temp.Path), (Assert.Single(logger.Warnings).Code, logger.Warnings[0].File));
    }

    [GeneratedRegex("""(?:href|src)="([^"]*)""")]
    private static partial Regex Address();

    [GeneratedRegex("""data-column="(\d+)""")]
    private static partial Regex Column();
}
