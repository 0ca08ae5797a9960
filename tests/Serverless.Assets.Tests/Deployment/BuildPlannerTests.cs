using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;
using static Serverless.Assets.TestSupport.TestManifest;

namespace Serverless.Assets.Tests.Deployment;

public sealed class BuildPlannerTests
{
    [Fact]
    public void Over_nothing_it_is_the_manifest()
    {
        var composition = Plan(Create(Asset("/a", 1, 11), Asset("/b", 2, 12)), null, Keep);

        Assert.Equal([TestSid.Create("ZN", 11), TestSid.Create("ZN", 12)], composition.Contents.AssetVersions);
        Assert.Empty(composition.Contents.FunctionVersions);
        Assert.Empty(composition.Contents.Dependencies);
        Assert.Null(composition.Contents.Runtime);
        Assert.Equal(["/a", "/b"], composition.New.Select(asset => asset.Path.Value));
        Assert.Null(composition.LiveBuildSid);
    }

    [Fact]
    public void Functions_dependencies_and_runtime_of_the_live_Build_are_carried_over()
    {
        var live = Build() with
        {
            FunctionVersions = [Function("/voice", 51), Function("/sms", 52)],
            Dependencies = [Dependency("twilio", "5.0.0"), Dependency("axios", "1.2.3")],
        };

        var composition = Plan(Create(Asset("/a", 1, 11)), live, Keep);

        Assert.Equal([TestSid.Create("ZN", 51), TestSid.Create("ZN", 52)], composition.Contents.FunctionVersions);
        Assert.Equal(["twilio", "axios"], composition.Contents.Dependencies.Select(dependency => dependency.Name));
        Assert.Equal("node22", composition.Contents.Runtime);
        Assert.Equal(live.Sid, composition.LiveBuildSid);
        Assert.Equal(
            "node24",
            Plan(Create(Asset("/a", 1, 11)), live, Keep with { Runtime = "node24" }).Contents.Runtime
        );
    }

    [Fact]
    public void Each_asset_is_new_changed_or_unchanged_and_the_others_are_kept_or_removed()
    {
        var live = Build(Live("/same", 1, 11), Live("/changed", 2, 12), Live("/other", 9, 19));
        var manifest = Create(Asset("/changed", 2, 22), Asset("/new", 3, 23), Asset("/same", 1, 11));

        var kept = Plan(manifest, live, Keep);
        var removed = Plan(manifest, live, Remove);

        Assert.Equal(["/new"], kept.New.Select(asset => asset.Path.Value));
        Assert.Equal(["/changed"], kept.Changed.Select(asset => asset.Path.Value));
        Assert.Equal(["/same"], kept.Unchanged.Select(asset => asset.Path.Value));
        Assert.Equal(
            [TestSid.Create("ZN", 22), TestSid.Create("ZN", 23), TestSid.Create("ZN", 11), TestSid.Create("ZN", 19)],
            kept.Contents.AssetVersions
        );
        Assert.Equal(["/other"], kept.Kept.Select(version => version.Path));
        Assert.Empty(kept.Removed);
        Assert.Equal(
            [TestSid.Create("ZN", 22), TestSid.Create("ZN", 23), TestSid.Create("ZN", 11)],
            removed.Contents.AssetVersions
        );
        Assert.Empty(removed.Kept);
        Assert.Equal(["/other"], removed.Removed.Select(version => version.Path));
    }

    [Fact]
    public void A_live_version_of_the_same_Asset_under_another_path_or_of_the_same_path_under_another_Asset_is_replaced()
    {
        var live = Build(Live("/old-name", 1, 11), Live("/b", 8, 18));

        var composition = Plan(Create(Asset("/new-name", 1, 21), Asset("/b", 2, 22)), live, Keep);

        Assert.Equal([TestSid.Create("ZN", 21), TestSid.Create("ZN", 22)], composition.Contents.AssetVersions);
        Assert.Empty(composition.Kept);
    }

    [Fact]
    public void All_invalid_Asset_Versions_are_reported_together_by_file_and_SID()
    {
        var live = Build() with { FunctionVersions = [Function("/voice", 51)] };
        var manifest = Create(
            Asset("/a", 1, 11),
            Asset("/b", 1, 12),
            Asset("/c", 3, 13),
            Asset("/c", 4, 14),
            Asset("/voice", 5, 15)
        );

        var failure = Assert.Throws<AssetException>(() => Plan(manifest, live, Keep));

        Assert.Equal(["SAB4001", "SAB4002", "SAB4002"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.All(
            [TestSid.Create("ZN", 11), "assets/a", TestSid.Create("ZN", 12), "assets/b"],
            said => Assert.Contains(said, failure.Diagnostics[0].Message, StringComparison.Ordinal)
        );
        Assert.All(
            ["'/c'", TestSid.Create("ZN", 13), TestSid.Create("ZN", 14)],
            said => Assert.Contains(said, failure.Diagnostics[1].Message, StringComparison.Ordinal)
        );
        Assert.All(
            ["'/voice'", TestSid.Create("ZN", 15), TestSid.Create("ZN", 51)],
            said => Assert.Contains(said, failure.Diagnostics[2].Message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(1000, 50, 50, new string[0])]
    [InlineData(1001, 50, 50, new[] { "1 are too many" })]
    [InlineData(1000, 52, 50, new[] { "2 are too many" })]
    [InlineData(1000, 50, 53, new[] { "3 are too many" })]
    [InlineData(1004, 55, 56, new[] { "4 are too many", "5 are too many", "6 are too many" })]
    public void The_limits_of_a_Build_count_what_is_kept_too(int shown, int hidden, int functions, string[] said)
    {
        var live = Build([.. Enumerable.Range(0, 10).Select(i => Live($"/kept/{i}", 5000 + i, 5000 + i))]) with
        {
            FunctionVersions = [.. Enumerable.Range(0, functions).Select(i => Function($"/f/{i}", 9000 + i))],
        };
        var manifest = Create([
            .. Enumerable
                .Range(0, shown - 10)
                .Select(i => Asset($"/img/{i}", i, i, i % 2 == 0 ? Visibility.Public : Visibility.Protected)),
            .. Enumerable.Range(0, hidden).Select(i => Asset($"/data/{i}", 3000 + i, 3000 + i, Visibility.Private)),
        ]);

        var problems = new List<Diagnostic>();
        try
        {
            Plan(manifest, live, Keep);
        }
        catch (AssetException failure)
        {
            problems.AddRange(failure.Diagnostics);
        }

        Assert.Equal(said.Length, problems.Count);
        Assert.All(
            problems.Zip(said),
            pair => Assert.Contains(pair.Second, pair.First.Message, StringComparison.Ordinal)
        );
        Assert.All(problems, problem => Assert.Equal("SAB4003", problem.Code));
        Assert.All(
            problems.Where(problem => problem.Message.Contains("public", StringComparison.Ordinal)),
            problem => Assert.Contains("/img/ (", problem.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_limit_that_does_not_apply_to_the_account_is_a_warning()
    {
        var manifest = Create([.. Enumerable.Range(0, 51).Select(i => Asset($"/data/{i}", i, i, Visibility.Private))]);
        var problems = new DiagnosticBag();

        var plan = BuildPlanner.Plan(
            manifest,
            null,
            Keep with
            {
                ServiceLimits = ServiceLimits.Warn,
            },
            Rule(Keep),
            problems
        );

        Assert.Equal(51, plan.Contents.AssetVersions.Count);
        DiagnosticAssert.Same(
            problems,
            Diagnostic.Warning(
                "SAB4003",
                $"The Build would have 51 private Asset Versions: at most 50 are allowed, so 1 are too many. "
                    + $"Largest folders: /data/ (51). Exclude files, or set "
                    + $"{SettingTable.OtherAssets.SetTo(UnlistedAssetPolicy.Remove)} if live assets of other uploads "
                    + $"are no longer needed."
            )
        );
    }

    private static BuildPlan Plan(AssetManifest manifest, BuildResource? live, ValidatedDeploymentSettings options)
    {
        var problems = new DiagnosticBag();
        var plan = BuildPlanner.Plan(manifest, live, options, Rule(options), problems);
        problems.ThrowIfErrors();
        return plan;
    }
}
