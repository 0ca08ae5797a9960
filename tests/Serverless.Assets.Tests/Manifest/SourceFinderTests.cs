using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Manifest;

public sealed class SourceFinderTests
{
    [Fact]
    public async Task GitHub_provides_commit_branch_and_run() =>
        Assert.Equal(
            new ManifestSource("abc", "main", "https://github.com/me/site/actions/runs/42"),
            await FindAsync(
                ("GITHUB_SHA", "abc"),
                ("GITHUB_REF_NAME", "main"),
                ("GITHUB_SERVER_URL", "https://github.com"),
                ("GITHUB_REPOSITORY", "me/site"),
                ("GITHUB_RUN_ID", "42")
            )
        );

    [Fact]
    public async Task The_branch_of_a_pull_request_is_the_one_it_comes_from() =>
        Assert.Equal(
            new ManifestSource("abc", "feature", null),
            await FindAsync(
                ("GITHUB_SHA", "abc"),
                ("GITHUB_HEAD_REF", "feature"),
                ("GITHUB_REF_NAME", "7/merge"),
                ("GITHUB_SERVER_URL", "https://github.com")
            )
        );

    [Theory]
    [InlineData("refs/heads/feature/x", "feature/x")]
    [InlineData("refs/tags/v1", "refs/tags/v1")]
    public async Task Azure_Pipelines_provides_commit_branch_and_run(string reference, string branch) =>
        Assert.Equal(
            new ManifestSource("abc", branch, "https://dev.azure.com/me/Our%20Site/_build/results?buildId=42"),
            await FindAsync(
                ("BUILD_SOURCEVERSION", "abc"),
                ("BUILD_SOURCEBRANCH", reference),
                ("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "https://dev.azure.com/me/"),
                ("SYSTEM_TEAMPROJECT", "Our Site"),
                ("BUILD_BUILDID", "42")
            )
        );

    [Fact]
    public async Task GitLab_provides_commit_branch_and_run() =>
        Assert.Equal(
            new ManifestSource("abc", "main", "https://gitlab.example/pipelines/42"),
            await FindAsync(
                ("CI_COMMIT_SHA", "abc"),
                ("CI_COMMIT_REF_NAME", "main"),
                ("CI_PIPELINE_URL", "https://gitlab.example/pipelines/42")
            )
        );

    [Fact]
    public async Task Unknown_source_information_is_null() =>
        Assert.Equal(new ManifestSource(null, null, null), await FindAsync(("GITHUB_SHA", "")));

    [Fact]
    public async Task A_missing_folder_is_not_an_error() =>
        Assert.Equal(
            new ManifestSource(null, null, null),
            await SourceFinder.FindAsync(
                Git(Path.Combine(Path.GetTempPath(), "no-such-folder-at-all")),
                FakeEnvironment.Empty,
                TestContext.Current.CancellationToken
            )
        );

    private static GitRepository Git(string folder) =>
        new(folder, new EngineContext { Logger = new RecordingLogger() });

    /// <summary>In a folder that is in no git repository.</summary>
    private static async Task<ManifestSource> FindAsync(params (string, string?)[] variables)
    {
        using var temp = new TempFolder();
        return await SourceFinder.FindAsync(
            Git(temp.Path),
            FakeEnvironment.From(variables),
            TestContext.Current.CancellationToken
        );
    }
}
