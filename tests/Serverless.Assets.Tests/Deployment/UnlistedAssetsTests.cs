using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.State.Site;
using static Serverless.Assets.TestSupport.TestManifest;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Which live assets stay that the manifest does not list.</summary>
public sealed class UnlistedAssetsTests
{
    private const string Project = "Site.csproj";

    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly AssetVersionResource Version = Live("/a", 1, 11);

    [Theory]
    [InlineData("7.00:00:00", Project, false)]
    [InlineData("8.00:00:00", Project, false)]
    [InlineData("6.23:59:59", Project, true)]
    [InlineData("-1.00:00:00", Project, true)]
    [InlineData(null, Project, true)]
    [InlineData("8.00:00:00", "Other.csproj", true)]
    [InlineData("8.00:00:00", null, true)]
    public void An_asset_that_this_project_deployed_stays_for_seven_days(string? left, string? project, bool isKept) =>
        Assert.Equal(
            isKept,
            Rule(UnlistedAssetPolicy.KeepFor, Record(left is null ? null : Now - Parse(left), project)).IsKept(Version)
        );

    [Fact]
    public void What_is_not_recorded_stays()
    {
        Assert.True(Rule(UnlistedAssetPolicy.KeepFor, state: null).IsKept(Version));
        Assert.True(Rule(UnlistedAssetPolicy.KeepFor, Record(Now - Parse("8"), Project)).IsKept(Live("/b", 2, 12)));
    }

    [Fact]
    public void The_other_policies_do_not_need_a_record()
    {
        Assert.True(Rule(UnlistedAssetPolicy.Keep, Record(Now - Parse("8"), Project)).IsKept(Version));
        Assert.False(Rule(UnlistedAssetPolicy.Remove, state: null).IsKept(Version));
    }

    [Fact]
    public void An_asset_of_this_project_leaves_now_in_whole_seconds_unless_it_has_left_before()
    {
        var before = Now - Parse("1");
        var rule = Rule(UnlistedAssetPolicy.KeepFor, state: null, Now.AddMilliseconds(999));
        Assert.Equal(Now, rule.GetLeftAt(Find(Record(left: null, Project))));
        Assert.Equal(before, rule.GetLeftAt(Find(Record(before, Project))));
    }

    [Fact]
    public void The_time_of_other_assets_does_not_change()
    {
        var before = Now - Parse("1");
        var rule = Rule(UnlistedAssetPolicy.KeepFor, state: null);
        Assert.Null(rule.GetLeftAt(Find(Record(left: null, "Other.csproj"))));
        Assert.Equal(before, rule.GetLeftAt(Find(Record(before, "Other.csproj"))));
        Assert.Null(Rule(UnlistedAssetPolicy.Keep, state: null).GetLeftAt(Find(Record(left: null, Project))));
    }

    private static UnlistedAssets Rule(UnlistedAssetPolicy policy, SiteState? state, DateTimeOffset? now = null) =>
        new(Keep with { OtherAssets = policy }, writesState: true, state, Project, now ?? Now);

    /// <summary>What the live Build records of <see cref="Version"/>.</summary>
    private static SiteState Record(DateTimeOffset? left, string? project)
    {
        var asset = SiteAsset.From(Asset("/a", 1, 11), project) with { LeftAt = left };
        var deployment = SiteDeployment.From(Create().Source, Now);
        var file = SiteStateFile.Create(deployment) with { Assets = [asset] };
        return new SiteState(Build(Version), version: null, file, key: null, TimeProvider.System);
    }

    private static AssetRecord Find(SiteState state) => Assert.IsType<AssetRecord>(state.FindRecord(Version));

    private static TimeSpan Parse(string time) =>
        TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
