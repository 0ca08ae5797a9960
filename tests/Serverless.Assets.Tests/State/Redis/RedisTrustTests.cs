using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Redis;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>Who reads what from the shared state, and what never gets there.</summary>
public sealed class RedisTrustTests : RedisStateTest
{
    private static readonly (string, string)[] PullRequest =
    [
        ("GITHUB_HEAD_REF", "feature"),
        ("GITHUB_REF", "refs/pull/7/merge"),
    ];

    [Fact]
    public async Task A_pull_request_reads_the_default_scope_and_writes_to_its_own()
    {
        await UploadAsync(First, ("a.txt", "one"));
        var before = (await GetKeysAsync()).Where(IsScoped).ToArray();
        var agent = await AddAgentAsync(PullRequest);

        Assert.Equal(["/b.txt"], await UploadAsync(agent, ("a.txt", "one"), ("b.txt", "two")));

        var written = (await GetKeysAsync()).Where(IsScoped).Except(before).ToList();
        Assert.Equal(2, written.Count); // the version and the Asset
        Assert.All(written, key => Assert.Contains(":scope:pr-7:", key, StringComparison.Ordinal));
        Assert.Empty(await UploadAsync(await AddAgentAsync(PullRequest), ("a.txt", "one"), ("b.txt", "two")));
    }

    [Fact]
    public async Task What_a_pull_request_writes_is_not_used_by_others()
    {
        await UploadAsync(await AddAgentAsync(PullRequest), ("a.txt", "one"));

        Assert.Equal(
            ["/a.txt"],
            await UploadAsync(
                await AddAgentAsync(("GITHUB_HEAD_REF", "feature"), ("GITHUB_REF", "refs/pull/8/merge")),
                ("a.txt", "one")
            )
        );
        Assert.Equal(["/a.txt"], await UploadAsync(First, ("a.txt", "one")));
        Assert.Equal(["/a.txt"], await Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName)); // one Asset for all
    }

    [Theory]
    [InlineData("", "default")]
    [InlineData("GITHUB_HEAD_REF=;GITHUB_REF=refs/heads/main", "default")]
    [InlineData("GITHUB_REF=refs/pull/7/merge", "default")] // GITHUB_HEAD_REF is always set for pull requests
    [InlineData("GITHUB_HEAD_REF=feature;GITHUB_REF=refs/pull/7/merge", "pr-7")]
    [InlineData("GITHUB_HEAD_REF=feature;GITHUB_REF=refs/heads/main", "pr-2ad5623197671570")] // pull_request_target
    [InlineData("SYSTEM_PULLREQUEST_PULLREQUESTID=12", "pr-12")]
    [InlineData("CI_MERGE_REQUEST_IID=3", "mr-3")]
    [InlineData("BITBUCKET_PR_ID=4", "pr-4")]
    [InlineData("BUILDKITE_PULL_REQUEST=false", "default")]
    [InlineData("BUILDKITE_PULL_REQUEST=5", "pr-5")]
    [InlineData("TRAVIS_PULL_REQUEST=6", "pr-6")]
    [InlineData("APPVEYOR_PULL_REQUEST_NUMBER=7", "pr-7")]
    [InlineData("CHANGE_ID=8", "pr-8")]
    [InlineData("CHANGE_ID=8:scope", "default")]
    public void The_scope_is_that_of_the_pull_request(string variables, string scope)
    {
        var environment = variables
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var problems = new DiagnosticBag();

        Assert.Equal(scope, StateScope.Read(First.Settings, environment.GetValueOrDefault, problems).Name);
        Assert.Equal(
            "release",
            StateScope
                .Read(First.Settings.With(SettingTable.StateScope, "release"), environment.GetValueOrDefault, problems)
                .Name
        );
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("*")]
    [InlineData("ä")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")] // 65
    public async Task A_scope_with_other_characters_is_rejected(string scope)
    {
        First.Settings = First.Settings.With(SettingTable.StateScope, scope);

        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(First, ("a.txt", "one")));
        Assert.Equal(["SAB1009"], failure.Diagnostics.Select(problem => problem.Code));
    }

    /// <summary>Only hashes of paths and contents, because the names of private files can be confidential.</summary>
    [Fact]
    public async Task Keys_and_values_contain_neither_paths_nor_hashes_of_contents()
    {
        await UploadAsync(First, ("confidential.private.txt", "one"));
        var sha256 = First.ReadManifest().Assets.Single().Sha256;

        foreach (var key in await GetKeysAsync())
        {
            var text =
                $"{key} {(await Database.KeyTypeAsync(key) == StackExchange.Redis.RedisType.String ? await Database.StringGetAsync(key) : "")}";
            Assert.DoesNotContain("confidential", text, StringComparison.Ordinal);
            Assert.DoesNotContain(sha256, text, StringComparison.Ordinal);
        }
    }

    /// <summary>Versions that are in no Build are deleted after seven days.</summary>
    [Fact]
    public async Task Everything_expires()
    {
        await UploadAsync(First, ("a.txt", "one"));

        foreach (var key in await GetKeysAsync())
        {
            var lifetime = await Database.KeyTimeToLiveAsync(key);
            Assert.NotNull(lifetime);
            Assert.InRange(
                lifetime.Value,
                TimeSpan.FromTicks(1),
                key.Contains(":version:", StringComparison.Ordinal) ? SharedUpload.MaxAge : TimeSpan.FromDays(30)
            );
        }
    }

    [Fact]
    public async Task What_a_machine_remembers_is_shared_as_long_as_it_is_known_to_exist()
    {
        First.Settings = First.Settings.With(SettingTable.StateStore, "file");
        await UploadAsync(First, ("a.txt", "one"), ("b.txt", "two"));
        First.Settings = First.Settings.With(SettingTable.StateStore, Server.Url);
        Assert.Empty(await UploadAsync(First, ("a.txt", "one"), ("b.txt", "two")));

        Assert.Empty(await UploadAsync(await AddAgentAsync(), ("a.txt", "one"), ("b.txt", "two")));
    }

    private static bool IsScoped(string key) => key.Contains(":scope:", StringComparison.Ordinal);
}
