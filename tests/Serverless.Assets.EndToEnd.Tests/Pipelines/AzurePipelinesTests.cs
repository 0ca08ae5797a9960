using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>The example pipelines with the template of build/azure-pipelines, step by step as the agent does.</summary>
public sealed class AzurePipelinesTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    private static readonly (string, string)[] Site =
    [
        ("assets/index.html", "<h1>one</h1>"),
        ("assets/css/site.css", "h1 {}"),
    ];

    [Fact]
    public async Task A_pull_request_gets_a_preview_main_a_deployment_and_a_tag_a_promotion_and_the_preview_goes()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var preview = (await RunPipelineAsync(emulator, "Preview", AzurePullRequest)).AssertSucceeded();
        var (domain, build) = await emulator.GetLiveAsync("pr-7");
        Assert.Equal("200 <h1>one</h1>", await emulator.VisitAsync(domain, "/index.html"));
        Assert.Equal(
            [
                ("buildSid", build),
                ("domain", domain),
                ("environment", "pr-7"),
                ("manifest", PathOf("serverless-assets.manifest.json")),
                ("skipped", "false"),
                ("unchanged", "0"),
                ("uploaded", "3"),
                ("url", $"http://{domain}/"),
            ],
            OutputsOf(preview).Where(output => output.Name is not ("serviceSid" or "deploymentSid"))
        );
        Assert.Contains($"The preview is at http://{domain}/", preview.Log, StringComparison.Ordinal);
        var (name, summary) = Assert.Single(preview.Summaries);
        Assert.Equal("Serverless assets", name);
        Assert.Matches(
            $@"^### Serverless assets: my-voice-app\n\n✅ \*\*Deployed ZB\w{{32}} to pr-7 \(first deployment\)\*\*: "
                + $@"<http://{Regex.Escape(domain)}/>\n",
            summary
        );
        Assert.Contains("##[group]serverless-assets deploy\n", preview.Log, StringComparison.Ordinal);

        CheckOut([.. Site, ("assets/index.html", "<h1>two</h1>")]);
        var deployed = (
            await RunPipelineAsync(
                emulator,
                "Deploy",
                new() { ["Build.SourceBranch"] = "refs/heads/main", ["Build.Reason"] = "IndividualCI" }
            )
        ).AssertSucceeded();
        Assert.Equal(
            ("3", "0"), // without the state of the pull request
            (deployed.Variables["serverlessAssets.uploaded"], deployed.Variables["serverlessAssets.unchanged"])
        );
        Assert.Equal(2, Cache.Keys.Count);

        CheckOut();
        (
            await RunPipelineAsync(
                emulator,
                "Promote",
                new() { ["Build.SourceBranch"] = "refs/tags/v1", ["Build.Reason"] = "IndividualCI" }
            )
        ).AssertSucceeded();
        Assert.Equal((await emulator.GetLiveAsync()).Build, (await emulator.GetLiveAsync("production")).Build);

        var example = Repository.PathOf("build/azure-pipelines/examples/remove-preview.yml");
        var parameters = new Dictionary<string, object?>
        {
            ["parameters"] = new Dictionary<string, object?> { ["pullRequest"] = 7.0 },
        };
        var pipeline = Yaml.Parse(
            Expression.Expand(
                await File.ReadAllTextAsync(example, Token),
                parameters,
                new Dictionary<string, Func<object?[], object?>>()
            )
        );
        (await RunStepsAsync(emulator, Assert.Single(pipeline.Maps("jobs")).Maps("steps"), [])).AssertSucceeded();
        Assert.Equal(["dev", "production"], await EnvironmentsOf(emulator));
    }

    [Fact]
    public async Task Two_stages_share_nothing_but_the_manifest()
    {
        var emulator = await StartServiceAsync();
        var stages = Yaml.Load(Repository.PathOf("build/azure-pipelines/examples/two-stages.yml"))
            .Maps("stages")
            .ToList();
        CheckOut(Site);
        var uploaded = (
            await RunStepsAsync(emulator, Assert.Single(stages[0].Maps("jobs")).Maps("steps"), [])
        ).AssertSucceeded();
        Assert.Equal(
            new Dictionary<string, string> { ["serverless-assets"] = PathOf("serverless-assets.manifest.json") },
            uploaded.Artifacts
        );
        Assert.Empty(await EnvironmentsOf(emulator));

        CheckOut();
        await emulator.TakeRequestsAsync();
        var deployment = Assert.Single(stages[1].Maps("jobs"));
        Assert.Equal("production", deployment.Text("environment"));
        var deployed = (
            await RunStepsAsync(emulator, deployment.Map("strategy").Map("runOnce").Map("deploy").Maps("steps"), [])
        ).AssertSucceeded();
        var (domain, _) = await emulator.GetLiveAsync("production");
        Assert.Contains($"Live at http://{domain}/", deployed.Log, StringComparison.Ordinal);
        Assert.Equal("200 h1 {}", await emulator.VisitAsync(domain, "/css/site.css"));
        Assert.DoesNotContain(
            await emulator.TakeRequestsAsync(),
            request => request.StartsWith("AssetVersion.Create", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_fork_without_secrets_succeeds_and_sends_nothing()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var run = (await RunPipelineAsync(emulator, "Preview", AzurePullRequest, hasSecrets: false)).AssertSucceeded();
        Assert.Equal("true", run.Variables["serverlessAssets.skipped"]);
        Assert.DoesNotContain("The preview is at", run.Log, StringComparison.Ordinal);
        Assert.Equal(
            [
                (
                    "Serverless assets",
                    "### Serverless assets\n\n⚪ **Skipped**: there are no credentials, as in a pull request from a fork.\n"
                ),
            ],
            run.Summaries
        );
        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.Empty(Cache.Keys);
    }

    [Fact]
    public async Task Files_that_fail_are_issues_where_they_are_and_in_the_summary()
    {
        var emulator = await StartServiceAsync();
        CheckOut([.. Site, ("assets/empty.txt", ""), ("assets/a;b]%.txt", "x")]);
        var run = await RunPipelineAsync(emulator, "Preview", AzurePullRequest);
        Assert.False(run.Succeeded);
        Assert.Equal(
            ["error assets/a;b]%.txt(1) SAB2008", "error assets/empty.txt(1) SAB2013"],
            run.Issues.Select(issue => Regex.Replace(issue, "(SAB2[0-9]+): .*", "$1")).Order(StringComparer.Ordinal)
        );
        Assert.StartsWith(
            "### Serverless assets: my-voice-app\n\n❌ **Failed with 2 errors**\n",
            Assert.Single(run.Summaries).Text,
            StringComparison.Ordinal
        );
        Assert.Empty(await EnvironmentsOf(emulator));
    }

    [Fact]
    public async Task A_project_is_published_and_its_problems_are_issues_once()
    {
        var emulator = await StartServiceAsync();
        CheckOut(
            (
                "src/Site/Site.csproj",
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <UseSharedCompilation>true</UseSharedCompilation>
                    <ServerlessAssetsServiceName>{ServiceName}</ServerlessAssetsServiceName>
                  </PropertyGroup>
                  <ItemGroup><PackageReference Include="Serverless.Assets.Build" Version="{Feed.Version}" PrivateAssets="all" /></ItemGroup>
                </Project>
                """
            ),
            ("src/Site/assets/a.map", "{}")
        );
        var steps = Yaml.Parse(Yaml.Blocks(Repository.PathOf("docs/azure-pipelines.md"), "yaml")[0]).Maps("steps");
        var run = await RunStepsAsync(emulator, steps, []);
        Assert.True(run.Succeeded, run.RawLog);
        Assert.Equal(
            ["warning src/Site/assets/a.map(1) SAB2016"],
            run.Issues.Select(issue => Regex.Replace(issue, "(SAB2[0-9]+): .*", "$1"))
        );
        Assert.DoesNotContain("Site.csproj]", Assert.Single(run.Issues), StringComparison.Ordinal);
        Assert.Contains(
            $"1 uploaded, 0 unchanged, live at http://{(await emulator.GetLiveAsync()).Domain}/",
            run.Log,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task No_secret_is_in_what_a_run_leaves()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var run = (await RunPipelineAsync(emulator, "Preview", AzurePullRequest)).AssertSucceeded();
        Assert.DoesNotContain(Secret, run.Log + Assert.Single(run.Summaries).Text, StringComparison.Ordinal);
        Assert.Contains(
            $"##vso[task.setsecret]{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:{Secret}"))}\n",
            run.RawLog,
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<(string Name, string? Value)> OutputsOf(AzureRun run) =>
        run
            .Variables.Where(variable => variable.Key.StartsWith("serverlessAssets.", StringComparison.Ordinal))
            .Select(variable => (variable.Key["serverlessAssets.".Length..], (string?)variable.Value))
            .OrderBy(output => output.Item1, StringComparer.Ordinal);
}
