using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Which Environments are previews, by their names.</summary>
public sealed class PreviewEnvironmentsTests
{
    [Theory]
    [InlineData("pr-7", true)]
    [InlineData("PR-7", true)]
    [InlineData("mr-12", true)]
    [InlineData("preview-login-page", true)]
    [InlineData("pr-", true)]
    [InlineData("pr7", false)]
    [InlineData("dev", false)]
    [InlineData("prod", false)]
    [InlineData("production", false)]
    [InlineData("my-pr-7", false)]
    [InlineData("", false)]
    public void Names_of_pull_requests_and_merge_requests_are_previews_by_default(string name, bool isPreview)
    {
        var settings = new SettingValues(new ProjectContext(Path.GetTempPath()));

        Assert.Equal(isPreview, PreviewEnvironments.From(settings).Includes(name));
    }

    [Theory]
    [InlineData("*", "prod", true)]
    [InlineData("*", "", true)]
    [InlineData("test", "test", true)]
    [InlineData("test", "test-1", false)]
    [InlineData("*-test", "a-b-test", true)]
    [InlineData("*-test", "a-b-test-1", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("**", "x", true)]
    [InlineData("pr-*", "pr-7\n", true)]
    [InlineData("prod", "prod\n", false)]
    [InlineData("ÉTÉ-*", "été-1", true)]
    public void A_star_matches_any_characters(string pattern, string name, bool isPreview) =>
        Assert.Equal(isPreview, new PreviewEnvironments([pattern]).Includes(name));

    [Theory]
    [InlineData("pr-?", "pr-7")]
    [InlineData("pr.7", "pr-7")]
    [InlineData("pr-[0-9]", "pr-7")]
    [InlineData("pr|prod", "prod")]
    [InlineData("(.+)", "prod")]
    [InlineData("{pr,prod}", "prod")]
    [InlineData("\\w-7", "a-7")]
    public void Every_other_character_stands_for_itself(string pattern, string other)
    {
        Assert.True(new PreviewEnvironments([pattern]).Includes(pattern));
        Assert.False(new PreviewEnvironments([pattern]).Includes(other));
    }

    [Fact]
    public void A_name_that_contains_wildcards_is_only_a_name()
    {
        Assert.True(new PreviewEnvironments(["pr-*"]).Includes("pr-*"));
        Assert.False(new PreviewEnvironments(["pr-7"]).Includes("pr-*"));
        Assert.False(new PreviewEnvironments(["pr-7"]).Includes("*"));
    }

    [Fact]
    public void Without_patterns_there_are_no_previews() => Assert.False(new PreviewEnvironments([]).Includes(""));

    [Fact]
    public void Many_wildcards_take_no_time() =>
        Assert.False(
            new PreviewEnvironments([string.Concat(Enumerable.Repeat("a*", 50)) + "b"]).Includes(new string('a', 100))
        );
}
