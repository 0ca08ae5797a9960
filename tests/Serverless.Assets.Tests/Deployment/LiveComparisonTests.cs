using Serverless.Assets.Deployment;
using Serverless.Assets.Results;
using static Serverless.Assets.TestSupport.TestManifest;

namespace Serverless.Assets.Tests.Deployment;

public sealed class LiveComparisonTests
{
    private static readonly LiveComparison Comparison = new([Live("/b", 2, 12), Live("/a", 1, 11), Live("/c", 3, 13)]);

    [Theory]
    [InlineData("/a", 11, nameof(AssetChange.Unchanged))]
    [InlineData("/new-name", 11, nameof(AssetChange.Unchanged))]
    [InlineData("/a", 99, nameof(AssetChange.Changed))]
    [InlineData("/a", null, nameof(AssetChange.Changed))]
    [InlineData("/A", null, nameof(AssetChange.New))]
    [InlineData("/new", 99, nameof(AssetChange.New))]
    public void A_version_that_is_live_is_unchanged_and_else_the_path_decides(
        string path,
        int? version,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Comparison.GetChange(path, version is { } number ? TestSid.Create("ZN", number) : null).ToString()
        );

    [Fact]
    public void Live_assets_are_unlisted_unless_their_path_or_their_Asset_is_listed()
    {
        Assert.Equal(["/a", "/b", "/c"], Find([], []));
        Assert.Equal(["/c"], Find(["/a"], [2]));
        Assert.Equal(["/a", "/b", "/c"], Find(["/A"], [9]));
    }

    [Fact]
    public void A_live_version_of_an_unknown_Asset_is_found_by_its_path()
    {
        var comparison = new LiveComparison([Live("/a", 1, 11) with { AssetSid = null }]);
        Assert.Single(comparison.FindUnlisted([], [TestSid.Create("ZH", 1)]));
        Assert.Empty(comparison.FindUnlisted(["/a"], []));
    }

    private static IEnumerable<string> Find(string[] paths, int[] assets) =>
        Comparison
            .FindUnlisted(paths, assets.Select(number => TestSid.Create("ZH", number)))
            .Select(version => version.Path);
}
