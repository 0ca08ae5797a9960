using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Reporting.Markdown;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Tests;

/// <summary>The terminal, the JSON output and both reports say the same about how a run ended.</summary>
public sealed partial class OutcomeTests
{
    private static readonly DeployResult Deployed = SampleRuns.Deployed;
    private static readonly AssetPruneResult Pruned = new(
        TestSid.From("ZS1"),
        [("/a", TestSid.From("ZH1")), ("/b", TestSid.From("ZH2"))],
        IsDeleted: true
    );
    private static readonly PreviewPruneResult PrunedPreviews = new(
        TestSid.From("ZS1"),
        [new AbandonedPreview("pr_7", TestSid.From("ZE1"), "site-pr-7.twil.io", WasDeployed: true, null, null)],
        IsDeleted: true
    );
    private static readonly ServicesResult DeployedToTwo = new(
        [
            new ServiceResult("", "site", Deployed),
            new ServiceResult("audio", "audio", Deployed with { IsChanged = false }),
        ],
        Count: 2
    );
    private static readonly RunResult Failed = new() { Errors = [Diagnostic.Error("SAB4010", $"wrong")] };

    private static readonly AssetVersionResource Version = new()
    {
        Sid = TestSid.From("ZN1"),
        Path = "/a.txt",
        Visibility = Visibility.Protected,
    };
    private static readonly CreatedVersionResult CreatedVersion = new(
        TestSid.From("ZS1"),
        TestSid.From("ZH1"),
        new LocalAsset("/a.txt", "a.txt", AssetPath.Parse("/a.txt"), Visibility.Protected, "text/plain"),
        Version,
        new ContentHash("", "", 10),
        IsNewAsset: false
    );
    private static readonly AssetVersionsResult Versions = new(TestSid.From("ZS1"), TestSid.From("ZH1"), [Version]);

    private static readonly (string Name, RunResult Run, string Title, string Summary)[] Outcomes =
    [
        ("nothingDone", new RunResult(), "Nothing done", "Nothing was done"),
        ("failed", Failed, "Failed", "Failed with 1 error"),
        ("failed", Failed.With(Deployed), "Failed", "Failed with 1 error; ZB2 is live in dev"),
        (
            "failed",
            Failed.With(Deployed with { BuildSid = TestSid.From("ZB1"), Reason = DeploymentReason.Rollback }),
            "Failed",
            "Failed with 1 error; dev was rolled back to ZB1"
        ),
        ("canceled", new RunResult { IsCanceled = true }, "Canceled", "Canceled; nothing was deployed"),
        (
            "canceled",
            new RunResult { IsCanceled = true }.With(Deployed),
            "Canceled",
            "Canceled after ZB2 was deployed to dev (was ZB1) and before it was verified"
        ),
        (
            "canceled",
            new RunResult { IsCanceled = true }.With(Deployed with { VerifiedAssets = 3 }),
            "Canceled",
            "Canceled after ZB2 was deployed to dev (was ZB1)"
        ),
        ("deployed", new RunResult().With(DeployedToTwo), "Deployed", "2 Services: 1 deployed, 1 up to date"),
        (
            "failed",
            Failed.With(DeployedToTwo with { Count = 3 }),
            "Failed",
            "Failed with 1 error; 2 of 3 Services completed"
        ),
        (
            "canceled",
            new RunResult { IsCanceled = true }.With(DeployedToTwo with { Count = 3 }),
            "Canceled",
            "Canceled; 2 of 3 Services completed"
        ),
        (
            "canceled",
            new RunResult { IsCanceled = true }
                .With(Deployed)
                .With(Pruned),
            "Canceled",
            "Canceled after 2 unused Assets were deleted"
        ),
        (
            "failed",
            Failed.With(Pruned with { Assets = [("/a", TestSid.From("ZH1"))] }),
            "Failed",
            "Failed with 1 error; 1 unused Asset was deleted"
        ),
        (
            "canceled",
            new RunResult { IsCanceled = true }.With(new InterruptedRemoval(TestSid.From("ZS1"), "pr_7", Exists: true)),
            "Canceled",
            "Canceled during the removal; the Environment pr_7 still exists"
        ),
        (
            "failed",
            Failed.With(new InterruptedRemoval(TestSid.From("ZS1"), "pr_7", Exists: null)),
            "Failed",
            "Failed with 1 error; it is unknown whether the Environment pr_7 still exists"
        ),
        (
            "planned",
            Run(Plan(TestSid.From("ZB1"))),
            "Planned",
            "1 of 2 files would be uploaded to ZS1 (10 B), compared with ZB1 in dev"
        ),
        (
            "planned",
            Run(Plan(liveBuildSid: null) with { ServiceSid = null }),
            "Planned",
            "1 of 2 files would be uploaded to a new Service (10 B); nothing is live in dev"
        ),
        ("uploaded", Run(SampleRuns.Upload(2, 9)), "Uploaded", "Uploaded 2 files (20 B) to ZS1 in 1.0 s, 9 unchanged"),
        (
            "withdrawn",
            Run(new WithdrawnResult("/out/m.json.previous")),
            "Withdrawn",
            "No assets: the previous manifest was moved to /out/m.json.previous"
        ),
        (
            "nothingChanged",
            Run(SampleRuns.Upload(0, 9)),
            "Nothing changed",
            "Nothing changed: 9 files already uploaded to ZS1"
        ),
        ("built", Run(SampleRuns.Build("ZB2")), "Built", "Created Build ZB2 (0 assets, 0 functions)"),
        (
            "deployed",
            Run(SampleRuns.Upload(2, 9), SampleRuns.Build("ZB2"), Deployed with { PreviousBuildSid = null }),
            "Deployed",
            "Deployed ZB2 to dev (first deployment)"
        ),
        (
            "deployed",
            Run(Deployed with { VerifiedAssets = 1 }),
            "Deployed",
            "Deployed ZB2 to dev (was ZB1), 1 asset verified"
        ),
        ("upToDate", Run(Deployed with { IsChanged = false }), "Up to date", "dev is already up to date (ZB2)"),
        (
            "rolledBack",
            Run(Deployed with { Reason = DeploymentReason.Rollback }),
            "Rolled back",
            "Rolled back dev to ZB2 (was ZB1)"
        ),
        (
            "promoted",
            Run(Deployed with { Reason = DeploymentReason.PromotionFrom("<staging>") }),
            "Promoted",
            "Promoted ZB2 from <staging> to dev (was ZB1)"
        ),
        (
            "verified",
            Run(new VerifyResult(TestSid.From("ZS1"), "dev", Deployed.Url, 3)),
            "Verified",
            "Verified 3 assets in dev"
        ),
        ("pruned", Run(Pruned), "Pruned", "Deleted 2 unused Assets"),
        (
            "nothingChanged",
            Run(new AssetPruneResult(TestSid.From("ZS1"), [], false)),
            "Nothing changed",
            "Found no unused Assets"
        ),
        ("pruned", Run(PrunedPreviews), "Pruned", "Deleted 1 abandoned preview"),
        (
            "nothingChanged",
            Run(PrunedPreviews with { Previews = [], IsDeleted = false }),
            "Nothing changed",
            "Found no abandoned previews"
        ),
        ("failed", Failed.With(PrunedPreviews), "Failed", "Failed with 1 error; 1 abandoned preview was deleted"),
        (
            "removed",
            Run(new RemoveResult(TestSid.From("ZS1"), "pr_7", "site-pr-7.twil.io")),
            "Removed",
            "Removed the Environment pr_7 and its site site-pr-7.twil.io"
        ),
        (
            "nothingChanged",
            Run(new RemoveResult(TestSid.From("ZS1"), "pr_7", Domain: null)),
            "Nothing changed",
            "The Environment pr_7 does not exist, so nothing was removed"
        ),
        (
            "merged",
            Run(new MergeResult(TestSid.From("ZS1"), "/out/m.json", 2, 1)),
            "Merged",
            "Merged 2 manifests (1 asset) into /out/m.json"
        ),
        ("listed", Run(new ListResult(TestSid.From("ZS1"), [])), "Listed", "Found 0 Environments in ZS1"),
        (
            "uploaded",
            Run(CreatedVersion),
            "Uploaded",
            "Uploaded /a.txt (protected, 10 B) as ZN1, a version of Asset ZH1"
        ),
        (
            "uploaded",
            Run(CreatedVersion with { IsNewAsset = true }),
            "Uploaded",
            "Uploaded /a.txt (protected, 10 B) as ZN1, a version of the new Asset ZH1"
        ),
        ("listed", Run(Versions), "Listed", "Found 1 version of Asset ZH1"),
        ("listed", Run(Versions with { IsLimited = true }), "Listed", "Found at least 1 version of Asset ZH1"),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Outcomes.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_outcome_has_the_same_text_everywhere(int index)
    {
        var (name, run, title, summary) = Outcomes[index];
        summary = TestSid.Expand(summary);
        var report = SampleRuns.Report() with { Result = run };
        var output = new CommandOutput(Operation: null, new MergeOutput("m.json", 1));
        var address = report.Outcome.Url is { } url ? $": {url.AbsoluteUri}" : "";

        using var json = JsonDocument.Parse(output.Json.ToJson(report.Outcome));
        Assert.Equal(
            [("outcome", name), ("summary", summary)],
            json.RootElement.EnumerateObject().Take(2).Select(property => (property.Name, $"{property.Value}"))
        );
        Assert.Equal($"{summary}{address}", output.ToText(report.Outcome));
        var page = HtmlReport.Render(report);
        Assert.Equal($"site: {title}", TextOf(PageTitle().Match(page)));
        Assert.Equal($"{summary}{address}", TextOf(PageOutcome().Match(page)));
        var headline = Headline().Match(MarkdownSummary.Format(report));
        Assert.Equal(
            $"{summary}{address}",
            WebUtility.HtmlDecode(headline.Groups[1].Value).Replace("\\", "", StringComparison.Ordinal)
                + headline.Groups[2].Value.Replace("<", "", StringComparison.Ordinal).TrimEnd('>')
        );
    }

    [Fact]
    public void Each_outcome_is_tested() =>
        Assert.Equal(
            Enum.GetValues<RunOutcomeKind>().Order(),
            Outcomes.Select(outcome => RunOutcome.From(outcome.Run).Kind).Distinct().Order()
        );

    private static RunResult Run(params IReadOnlyList<OperationResult> operations) =>
        SampleRuns.Report(operations).Result;

    private static UploadPlan Plan(string? liveBuildSid) =>
        new(
            TestSid.From("ZS1"),
            "dev",
            liveBuildSid is null ? null : TestSid.From(liveBuildSid),
            [Planned("/a.txt", PlannedAction.Upload), Planned("/b.txt", PlannedAction.Unchanged)],
            [],
            []
        );

    private static PlannedAsset Planned(string path, PlannedAction action) =>
        new(
            new LocalAsset(path, path, AssetPath.Parse(path), Visibility.Public, "text/plain"),
            10,
            "",
            action,
            AssetChange.New
        );

    private static string TextOf(Match match) => WebUtility.HtmlDecode(Tag().Replace(match.Groups[1].Value, ""));

    [GeneratedRegex("<title>(.*)</title>")]
    private static partial Regex PageTitle();

    [GeneratedRegex("""<p class="outcome [a-z]+">(.*)</p>""")]
    private static partial Regex PageOutcome();

    [GeneratedRegex(@"^\S+ \*\*(.*)\*\*(: <[^>]*>)?", RegexOptions.Multiline)]
    private static partial Regex Headline();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
