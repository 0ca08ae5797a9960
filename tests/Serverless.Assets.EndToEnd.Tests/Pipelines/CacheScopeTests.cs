using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>
/// Whose upload state a run restores: who can write it can make the run publish other content. The cache of these tests
/// gives everything to everyone, so that the keys alone separate branches and pull requests.
/// </summary>
public sealed class CacheScopeTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    private const int DeployWorkflow = 1;

    private static readonly (string, string)[] Site = [("assets/a.txt", "one"), ("assets/b.txt", "two")];
    private static readonly (string, string)[] Changed = [("assets/a.txt", "changed"), ("assets/b.txt", "two")];

    [Fact]
    public async Task A_pull_request_on_GitHub_reads_the_state_of_main_and_its_own_and_only_it_reads_its_own()
    {
        var emulator = await StartServiceAsync();

        Assert.Equal(2, await PreviewAsync(7, Site));
        Assert.Equal(2, await DeployAsync("main", Site)); // not from the pull request
        Assert.Equal(1, await PreviewAsync(8, Changed)); // from main
        Assert.Equal(0, await PreviewAsync(8, Changed)); // its own
        Assert.Equal(1, await PreviewAsync(9, Changed)); // not from the other pull request
        Assert.Equal(1, await DeployAsync("main-2", Changed)); // another branch starts with main
        Assert.Equal(1, await DeployAsync("main", Changed)); // not from the branch with a similar name

        Assert.Equal(
            ["pull/7/merge", "heads/main", "pull/8/merge", "pull/9/merge", "heads/main-2"],
            Cache
                .Keys.Select(key => Regex.Match(key, "^serverless-assets-[0-9]+-refs/(.+):[0-9-]+$").Groups[1].Value)
                .Distinct()
        );

        Task<int> PreviewAsync(int number, (string, string)[] files) =>
            RunAsync(files, "preview", PullRequest("synchronize", number), document: 0);

        Task<int> DeployAsync(string branch, (string, string)[] files) =>
            RunAsync(files, "deploy", Push("branch", branch), DeployWorkflow);

        async Task<int> RunAsync((string, string)[] files, string job, Dictionary<string, object?> github, int document)
        {
            CheckOut(files);
            var run = (await RunWorkflowAsync(emulator, job, github, document)).AssertSucceeded();
            return int.Parse(run.Outputs["assets.uploaded"], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// These events run with the ref of the default branch, also for a pull request or a comment of someone who can't write
    /// to the repository.
    /// </summary>
    [Theory]
    [InlineData("pull_request_target")]
    [InlineData("workflow_run")]
    [InlineData("issue_comment")]
    public async Task A_run_for_someone_else_on_GitHub_does_not_save_the_state_of_main(string eventName)
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        (await RunWorkflowAsync(emulator, "deploy", Push("branch", "main"), DeployWorkflow)).AssertSucceeded();
        var saved = Cache.Keys.ToList();

        CheckOut(Changed);
        var run = (
            await RunWorkflowAsync(
                emulator,
                "deploy",
                new(Push("branch", "main")) { ["event_name"] = eventName },
                DeployWorkflow
            )
        ).AssertSucceeded();

        Assert.Equal(("1", "1"), (run.Outputs["assets.uploaded"], run.Outputs["assets.unchanged"]));
        Assert.Equal(saved, Cache.Keys);
    }

    [Fact]
    public void No_workflow_runs_the_files_of_a_pull_request_for_the_default_branch()
    {
        var events = Yaml.Blocks(Repository.PathOf("docs/github-actions.md"), "yaml")
            .Select(Yaml.Parse)
            .SelectMany(workflow =>
                workflow["on"] is Dictionary<string, object?> map
                    ? map.Keys
                    : (IEnumerable<string>)[workflow.Text("on")!]
            )
            .Distinct();

        Assert.Equal(["pull_request", "push", "schedule", "workflow_dispatch"], events.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pull_request_on_Azure_reads_the_state_of_its_target_and_its_own_and_only_it_reads_its_own()
    {
        var emulator = await StartServiceAsync();

        Assert.Equal(2, await PreviewAsync(7, Site));
        Assert.Equal(2, await DeployAsync(Site)); // not from the pull request
        Assert.Equal(1, await PreviewAsync(8, Changed)); // from main
        Assert.Equal(0, await PreviewAsync(8, Changed)); // its own
        Assert.Equal(1, await PreviewAsync(9, Changed)); // not from the other pull request
        Assert.Equal(1, await DeployAsync(Changed)); // not from the newest of all

        Assert.All(
            Cache.Keys,
            key => Assert.Matches(@"^""serverless-assets"" \| ""\d+"" \| ""refs/[a-z0-9/]+:"" \| ""\d+-1""$", key)
        );

        Task<int> PreviewAsync(int number, (string, string)[] files) =>
            RunAsync(files, "Preview", GetAzurePullRequest(number));

        Task<int> DeployAsync((string, string)[] files) =>
            RunAsync(
                files,
                "Deploy",
                new() { ["Build.SourceBranch"] = "refs/heads/main", ["Build.Reason"] = "IndividualCI" }
            );

        async Task<int> RunAsync((string, string)[] files, string job, Dictionary<string, string> variables)
        {
            CheckOut(files);
            var run = (await RunPipelineAsync(emulator, job, variables)).AssertSucceeded();
            return int.Parse(
                run.Variables["serverlessAssets.uploaded"],
                System.Globalization.CultureInfo.InvariantCulture
            );
        }
    }

    /// <summary>A branch must not be able to have the key of another one, or the beginning of it.</summary>
    [Fact]
    public async Task Different_refs_have_different_keys()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The CI systems are played with the bash and the paths of Unix.");
        string[] refs =
        [
            "",
            "refs/heads/",
            "refs/heads/main",
            "refs/heads/main-2",
            "refs/heads/Main",
            "refs/heads/main/2",
            "refs/heads/a,b",
            "refs/heads/a2cb",
            "refs/heads/a\"b|$(c)",
            "refs/heads/é",
            "refs/heads/è",
            "refs/pull/7/merge",
            "refs/pull/70/merge",
            $"refs/heads/{new string('é', 120)}",
            $"refs/heads/{new string('é', 119)}è",
        ];
        CheckOut();
        var function = Regex.Match(
            await File.ReadAllTextAsync(Path.Combine(GitHubRunner.ActionFolder, "run.sh"), Token),
            @"^ref_key\(\) \{.+?^\}",
            RegexOptions.Singleline | RegexOptions.Multiline
        );
        Write("keys.sh", $"{function.Value}\nfor ref in \"$@\"; do ref_key \"$ref\"; echo; done");

        var (exitCode, output) = await Shell.RunAsync(
            Workspace,
            new Dictionary<string, string>(),
            ["keys.sh", .. refs]
        );

        Assert.True(exitCode == 0, output);
        var keys = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(refs.Length, keys.Length);
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9._/~-]{0,300}:$", key));
        Assert.All(keys, key => Assert.Equal(1, keys.Count(other => other.StartsWith(key, StringComparison.Ordinal))));
    }
}
