using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Reporting.Markdown;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Tests;

/// <summary>The summary that a CI system shows for a run.</summary>
public sealed class MarkdownSummaryTests
{
    private const string Page =
        "https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md";

    [Fact]
    public void A_deployment_links_what_is_new_and_counts_what_is_not() =>
        Assert.Equal(
            $"""
            ### Serverless assets: site

            ✅ **Deployed ZB2 to dev (was ZB1)**: <https://site-1234-dev.twil.io/> 3 uploaded, 1 unchanged.

            **1 warning**

            - [SAB2016]({Page}#sab2016) 'assets/app.map' would be public.

            | | assets | size |
            |---|---:|---:|
            | new | 2 | 2.0 KB |
            | changed | 1 | 512 B |
            | unchanged | 1 | 1.0 MB |
            | kept | 1 |  |
            | removed | 1 |  |

            | change | asset | visibility | size | file |
            |---|---|---|---:|---|
            | changed | [`/a-b.txt`](https://site-1234-dev.twil.io/a-b.txt) | public | 512 B | `assets/a-b.txt` |
            | removed | `/away.txt` | public |  |  |
            | new | `/call.twiml` | protected | 1.0 KB | `assets/call.twiml` |
            | new | [`/css/site.css`](https://site-1234-dev.twil.io/css/site.css) | public | 1.0 KB | `assets/css/site.css` |

            <details><summary>Details</summary>

            - Service: `ZS1`
            - Build: `ZB2`
            - Previous Build: `ZB1`
            - Environment: `ZE1`
            - Deployment: `ZD1`
            - Manifest: `/site/m.json`
            - Started at 2026-03-01 12:30:00 UTC, took 1.3 s

            </details>


            """,
            Format(
                SampleRuns
                    .Report(
                        SampleRuns.Upload(uploaded: 3, unchanged: 1),
                        SampleRuns.Deployed with
                        {
                            Build = SampleRuns.Build(
                                TestSid.From("ZB2"),
                                Asset("/a-b.txt", AssetChange.Changed, 512),
                                Asset("/away.txt", AssetChange.Removed, null),
                                Asset("/call.twiml", AssetChange.New, 1024) with
                                {
                                    Visibility = Visibility.Protected,
                                },
                                Asset("/css/site.css", AssetChange.New, 1024),
                                Asset("/kept.txt", AssetChange.Kept, null),
                                Asset("/movie.mp4", AssetChange.Unchanged, 1024 * 1024)
                            ),
                        }
                    )
                    .With(run =>
                        run with
                        {
                            Warnings = [Diagnostic.Warning("SAB2016", $"'{"assets/app.map"}' would be public.")],
                        }
                    )
            )
        );

    [Fact]
    public void A_failure_lists_every_error_with_its_help_link_and_no_file_links() =>
        Assert.Equal(
            $"""
            ### Serverless assets: site

            ❌ **Failed with 2 errors**

            **2 errors**

            - [SAB2013]({Page}#sab2013) 'assets/empty.txt' is empty (0 bytes).
            - [SAB2012]({Page}#sab2012) 'assets/big.bin' is too large.

            <details><summary>Details</summary>

            - Started at 2026-03-01 12:30:00 UTC, took 1.3 s

            </details>


            """,
            MarkdownSummary.Format(
                SampleRuns
                    .Report()
                    .With(run =>
                        run with
                        {
                            Errors =
                            [
                                Diagnostic.Error("SAB2013", $"'{"assets/empty.txt"}' is empty (0 bytes)."),
                                Diagnostic.Error("SAB2012", $"'{"assets/big.bin"}' is too large."),
                            ],
                        }
                    )
            )
        );

    [Fact]
    public void A_plan_lists_the_planned_actions()
    {
        var report = SampleRuns.Report(
            new UploadPlan(
                TestSid.From("ZS1"),
                "pr-7",
                TestSid.From("ZB1"),
                [
                    Planned("/a.txt", PlannedAction.Upload, AssetChange.Changed),
                    Planned("/b.txt", PlannedAction.Unchanged, AssetChange.New),
                    Planned("/c.txt", PlannedAction.Unchanged, AssetChange.Unchanged),
                ],
                Kept: [],
                Removed: [new LiveAsset("/aa.txt", Visibility.Private, TestSid.From("ZN1"), TestSid.From("ZH1"))]
            )
        );
        Assert.Equal(
            """
            ### Serverless assets: site

            🔍 **1 of 3 files would be uploaded to ZS1 (10 B), compared with ZB1 in pr-7**

            | | assets | size |
            |---|---:|---:|
            | new | 1 | 10 B |
            | changed | 1 | 10 B |
            | unchanged | 1 | 10 B |
            | removed | 1 |  |

            | change | asset | visibility | size | file |
            |---|---|---|---:|---|
            | changed | `/a.txt` | public | 10 B | `assets/a.txt` |
            | removed | `/aa.txt` | private |  |  |
            | new | `/b.txt` | public | 10 B | `assets/b.txt` |

            <details><summary>Details</summary>

            - Service: `ZS1`
            - Previous Build: `ZB1`
            - Started at 2026-03-01 12:30:00 UTC, took 1.3 s

            </details>


            """,
            Format(report)
        );
    }

    [Fact]
    public void Uploads_before_a_Build_or_a_Deployment_are_listed_after_the_outcome()
    {
        var upload = SampleRuns.Upload(uploaded: 1, unchanged: 2);
        var error = Diagnostic.Error("SAB4010", $"wrong");
        Assert.Equal("⚪ **Nothing was done**", Headline(SampleRuns.Report()));
        Assert.Equal("✅ **Uploaded 1 file (10 B) to ZS1 in 1.0 s, 2 unchanged**", Headline(SampleRuns.Report(upload)));
        Assert.Equal(
            "✅ **Created Build ZB1 (0 assets, 0 functions)** 1 uploaded, 2 unchanged.",
            Headline(SampleRuns.Report(upload, SampleRuns.Build("ZB1")))
        );
        Assert.Equal(
            "✅ **Deployed ZB2 to dev (was ZB1), 3 assets verified**: <https://site-1234-dev.twil.io/>",
            Headline(SampleRuns.Report(SampleRuns.Deployed with { VerifiedAssets = 3 }))
        );
        Assert.Equal(
            "❌ **Failed with 1 error; ZB2 is live in dev**: <https://site-1234-dev.twil.io/>",
            Headline(SampleRuns.Report(upload, SampleRuns.Deployed).With(run => run with { Errors = [error] }))
        );
        Assert.Equal(
            "🛑 **Canceled after ZB2 was deployed to dev (was ZB1) and before it was verified**: "
                + "<https://site-1234-dev.twil.io/>",
            Headline(SampleRuns.Report(upload, SampleRuns.Deployed).With(run => run with { IsCanceled = true }))
        );
        Assert.Equal(
            "✅ **Removed the Environment pr\\_7 and its site site-1234-pr-7.twil.io**",
            Headline(SampleRuns.Report(new RemoveResult(TestSid.From("ZS1"), "pr_7", "site-1234-pr-7.twil.io")))
        );
    }

    [Fact]
    public void Rows_above_the_limit_are_counted()
    {
        var assets = Enumerable.Range(0, 123).Select(i => Asset($"/{i:000}.txt", AssetChange.New, 1)).ToList();
        var errors = Enumerable.Range(0, 102).Select(i => Diagnostic.Error("SAB2013", $"{i}")).ToList();
        var lines = MarkdownSummary
            .Format(SampleRuns.Report(SampleRuns.Build("ZB1", assets)).With(run => run with { Errors = errors }))
            .Split('\n');
        Assert.Equal(100, lines.Count(line => line.StartsWith("| new | `", StringComparison.Ordinal)));
        Assert.Contains("and 23 more", lines);
        Assert.Equal(100, lines.Count(line => line.StartsWith("- [SAB2013]", StringComparison.Ordinal)));
        Assert.Contains("- and 2 more", lines);
    }

    /// <summary>Even with the longest possible names, the summary has a size that GitHub accepts for a step.</summary>
    [Fact]
    public void A_summary_is_never_too_large()
    {
        var assets = Enumerable
            .Range(0, 2000)
            .Select(i => Asset("/" + new string('u', 250), AssetChange.New, 1) with { File = new string('ü', 4000) })
            .ToList();
        var errors = Enumerable
            .Range(0, 2000)
            .Select(i => Diagnostic.Error("SAB2013", $"{new string('ü', 4000)} {new string('ü', 4000)}"))
            .ToList();
        Assert.InRange(
            System.Text.Encoding.UTF8.GetByteCount(
                MarkdownSummary.Format(
                    SampleRuns
                        .Report(SampleRuns.Deployed with { Build = SampleRuns.Build("ZB2", assets) })
                        .With(run => run with { Errors = errors, Warnings = errors })
                )
            ),
            1,
            1024 * 1024
        );
    }

    [Theory]
    [InlineData("a|b", "`a|b`")]
    [InlineData("<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`")]
    [InlineData("a`b``c", "```a`b``c```")]
    [InlineData("`a`", "`` `a` ``")]
    [InlineData("[x](javascript:alert(1)) @octocat", "`[x](javascript:alert(1)) @octocat`")]
    [InlineData("a\n| b", @"`a\u000a| b`")]
    [InlineData("", "")]
    public void A_name_is_code(string name, string expected)
    {
        Assert.Equal(expected, MarkdownText.Code(name));
        Assert.Equal(expected.Replace("|", @"\|", StringComparison.Ordinal), MarkdownText.Cell(name));
    }

    [Fact]
    public void A_long_path_is_complete_except_in_a_table()
    {
        var path = new string('x', 600);
        Assert.Equal($"`{path}`", MarkdownText.Code(path));
        Assert.Equal($"`{path[..500]}…`", MarkdownText.Cell(path));
    }

    [Fact]
    public void A_pipe_in_a_path_is_escaped_only_in_a_table()
    {
        var summary = MarkdownSummary.Format(
            SampleRuns.Report(
                SampleRuns.Upload(1, 0) with
                {
                    ManifestPath = "/a|b/m.json",
                },
                SampleRuns.Build("ZB1", Asset("/a.txt", AssetChange.New, 10) with { File = "c|d.txt" })
            )
        );

        Assert.Contains("- Manifest: `/a|b/m.json`\n", summary, StringComparison.Ordinal);
        Assert.Contains(@"| `c\|d.txt` |", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'a|b' is <b>wrong</b> & more", @"'a\|b' is &#60;b&#62;wrong&#60;/b&#62; &#38; more")]
    [InlineData("![x](y) `z` **b** __u__ ~~s~~", @"!\[x\](y) \`z\` \*\*b\*\* \_\_u\_\_ \~\~s\~\~")]
    [InlineData("cc @octocat, a@b.example", "cc &#64;&#8203;octocat, a&#64;&#8203;b.example")]
    [InlineData("see http://evil.example or www.evil.example", "see http&#58;//evil.example or www&#46;evil.example")]
    [InlineData(@"C:\site\*.txt $x$ #1", @"C:\\site\\\*.txt &#36;x&#36; \#1")]
    [InlineData("a\nb", "a b")]
    public void A_sentence_has_no_markup(string text, string expected) =>
        Assert.Equal(expected, MarkdownText.Sentence(text));

    [Fact]
    public async Task The_section_of_one_project_is_kept_up_to_date_beside_others()
    {
        using var temp = new TempFolder();
        var logger = new RecordingLogger();
        var path = temp.Write("summary.md", "# Mine\n");
        var clock = new FakeTimeProvider();
        var reporters = ((string[])["one", "two"])
            .Select(name => new RunReporter(new ReportSettings(name, path, OutputsPath: null), clock))
            .ToList();
        foreach (var reporter in reporters.Concat(reporters))
        {
            await reporter.PublishAsync(logger, TestContext.Current.CancellationToken);
            reporter.Add(SampleRuns.Deployed);
        }

        reporters[0].Add(new RunFailure([Diagnostic.Error("SAB4010", $"wrong")]));
        await reporters[0].PublishAsync(logger, TestContext.Current.CancellationToken);
        Assert.Equal(
            $"# Mine\n{MarkdownSummary.Format(reporters[0].Report)}{MarkdownSummary.Format(reporters[1].Report)}",
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
        );
        Assert.Empty(logger.Warnings);
    }

    private static string Headline(RunReport report) => Format(report).Split('\n')[2];

    private static string Format(RunReport report) => TestSid.Shorten(MarkdownSummary.Format(report));

    private static ComparedAsset Asset(string path, AssetChange change, long? size) =>
        new(path, Visibility.Public, change, size, size is null ? null : "assets" + path, TestSid.From("ZN1"));

    private static PlannedAsset Planned(string path, PlannedAction action, AssetChange change) =>
        new(
            new LocalAsset(
                "/site/assets" + path,
                "assets" + path,
                AssetPath.Parse(path),
                Visibility.Public,
                "text/plain"
            ),
            10,
            "",
            action,
            change
        );
}
