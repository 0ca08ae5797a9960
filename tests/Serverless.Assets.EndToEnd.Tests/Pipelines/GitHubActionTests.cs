using System.Text.RegularExpressions;
using Serverless.Assets.Emulator;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>
/// The workflows of docs/github-actions.md with the action of build/github, step by step as the runner does.
/// </summary>
public sealed partial class GitHubActionTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    private static readonly (string, string)[] Site =
    [
        ("assets/index.html", "<h1>one</h1>"),
        ("assets/css/site.css", "h1 {}"),
        ("assets/hold.protected.twiml", "<Response/>"),
    ];

    [Fact]
    public async Task A_pull_request_gets_a_preview_that_only_changes_are_uploaded_to_and_that_goes_when_it_is_closed()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var opened = (await RunWorkflowAsync(emulator, "preview", PullRequest("opened"))).AssertSucceeded();

        var (domain, build) = await emulator.GetLiveAsync("pr-7");
        Assert.Equal("200 <h1>one</h1>", await emulator.VisitAsync(domain, "/index.html"));
        Assert.Equal($"http://{domain}/", opened.Outputs["url"]);
        Assert.Equal(
            [
                ("build-sid", build),
                ("domain", domain),
                ("environment", "pr-7"),
                ("manifest", PathOf("serverless-assets.manifest.json")),
                ("services", ""),
                ("skipped", "false"),
                ("unchanged", "0"),
                ("uploaded", "4"),
                ("url", $"http://{domain}/"),
            ],
            OutputsOf(opened).Where(output => output.Name is not ("service-sid" or "deployment-sid"))
        );
        Assert.Matches("^ZS[0-9a-f]{32}$", opened.Outputs["assets.service-sid"]);
        Assert.Matches("^ZD[0-9a-f]{32}$", opened.Outputs["assets.deployment-sid"]);
        Assert.Equal(["serverless-assets deploy"], opened.Groups);
        Assert.Matches(
            $@"^### Serverless assets: my-voice-app\n\n✅ \*\*Deployed ZB\w{{32}} to pr-7 \(first deployment\)\*\*: "
                + $@"<http://{Regex.Escape(domain)}/>\n\n"
                + @"\| \| assets \| size \|\n\|---\|---:\|---:\|\n\| new \| 4 \| 40 B \|\n",
            opened.Summary
        );
        Assert.Contains(
            $"| new | [`/css/site.css`](http://{domain}/css/site.css) | public | 5 B | `assets/css/site.css` |\n",
            opened.Summary,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| new | `/hold.twiml` | protected | 11 B | `assets/hold.protected.twiml` |\n",
            opened.Summary,
            StringComparison.Ordinal
        );

        // Another runner, later: all that is left of the first run is its cache.
        CheckOut([.. Site, ("assets/index.html", "<h1>two</h1>")]);
        await emulator.TakeRequestsAsync();
        var pushed = (await RunWorkflowAsync(emulator, "preview", PullRequest("synchronize"))).AssertSucceeded();
        Assert.Equal(("2", "2"), (pushed.Outputs["assets.uploaded"], pushed.Outputs["assets.unchanged"]));
        Assert.Contains("AssetVersion.Create 2", await emulator.TakeRequestsAsync());
        Assert.Equal("200 <h1>two</h1>", await emulator.VisitAsync(domain, "/index.html"));
        Assert.Contains(
            $"| changed | [`/index.html`](http://{domain}/index.html) | public | 12 B | `assets/index.html` |\n",
            pushed.Summary,
            StringComparison.Ordinal
        );
        Assert.Equal(2, Cache.Keys.Count);
        Assert.All(
            Cache.Keys,
            key => Assert.Matches("^serverless-assets-[0-9]+-refs/pull/7/merge:[0-9]+-1-[0-9]+-[0-9]+$", key)
        );

        CheckOut();
        var closed = (await RunWorkflowAsync(emulator, "remove", PullRequest("closed"))).AssertSucceeded();
        Assert.Empty(await EnvironmentsOf(emulator));
        Assert.Contains(
            $"✅ **Removed the Environment pr-7 and its site {domain}**\n",
            closed.Summary,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Main_is_deployed_and_verified_and_a_tag_promotes_the_same_build()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var deployed = (
            await RunWorkflowAsync(emulator, "deploy", Push("branch", "main"), document: 1)
        ).AssertSucceeded();
        var (domain, build) = await emulator.GetLiveAsync();
        Assert.StartsWith(
            $"### Serverless assets: my-voice-app\n\n✅ **Deployed {build} to dev (first deployment), 4 assets verified**: "
                + $"<http://{domain}/>\n",
            deployed.Summary,
            StringComparison.Ordinal
        );
        Assert.Matches(
            @"<details><summary>Upload</summary>\n\n### Serverless assets: my-voice-app\n\n"
                + @"✅ \*\*Uploaded 4 files \(40 B\) to ZS\w{32} in [0-9.]+ s, 0 unchanged\*\*\n",
            deployed.Summary
        );

        CheckOut();
        await emulator.TakeRequestsAsync();
        var promoted = (await RunWorkflowAsync(emulator, "promote", Push("tag", "v1"), document: 1)).AssertSucceeded();
        var production = await emulator.GetLiveAsync("production");
        Assert.Equal(build, production.Build);
        Assert.DoesNotContain(
            await emulator.TakeRequestsAsync(),
            request => request.StartsWith("Build.Create", StringComparison.Ordinal)
        );
        Assert.Equal(
            ($"http://{production.Domain}/", build),
            (promoted.Outputs["assets.url"], promoted.Outputs["assets.build-sid"])
        );
    }

    [Fact]
    public async Task The_nightly_cleanup_deletes_abandoned_previews_and_then_the_Assets_that_only_they_contained()
    {
        var emulator = await StartServiceAsync();
        emulator.Faults = new EmulatorFaults { ClockShiftSeconds = -TimeSpan.FromDays(20).TotalSeconds };
        var gone = await emulator.Api.AddAsync(ServiceName, "/gone.txt", "of the preview");
        await DeployAsync(await BuildAsync(gone), "pr-7");
        var kept = await emulator.Api.AddAsync(ServiceName, "/kept.txt", "live");
        var build = "";
        for (var i = 0; i < 5; i++) // the newest Builds are kept
        {
            build = await BuildAsync(kept);
        }

        await DeployAsync(build, "dev");
        emulator.Faults = new EmulatorFaults();
        await DeployAsync(build, "pr-8");
        CheckOut();

        var run = (
            await RunWorkflowAsync(emulator, "prune", new() { ["event_name"] = "schedule" }, document: 2)
        ).AssertSucceeded();

        Assert.Equal(["dev", "pr-8"], await EnvironmentsOf(emulator));
        Assert.Equal(["/kept.txt"], await emulator.GetAssetNamesAsync(ServiceName));
        Assert.Contains("✅ **Deleted 1 abandoned preview**\n", run.Summary, StringComparison.Ordinal);
        Assert.Contains("✅ **Deleted 1 unused Asset**\n", run.Summary, StringComparison.Ordinal);

        async Task<string> BuildAsync(string version) =>
            (await emulator.Api.BuildAsync(ServiceName, version)).Created().Sid();

        async Task DeployAsync(string deployed, string name)
        {
            var environment = await emulator.Api.CreateEnvironmentAsync(ServiceName, name, name);
            (await emulator.Api.DeployAsync(ServiceName, environment.Sid(), deployed)).Created();
        }
    }

    [Fact]
    public async Task A_fork_without_secrets_succeeds_and_sends_nothing()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var run = await RunWorkflowAsync(emulator, "preview", PullRequest("opened"), secrets: []);
        Assert.True(run.Succeeded, run.RawLog);
        Assert.Equal(
            ["notice Skipped serverless-assets deploy: there are no credentials, as in a pull request from a fork."],
            run.Annotations
        );
        Assert.Equal(
            "### Serverless assets\n\n⚪ **Skipped**: there are no credentials, as in a pull request from a fork.\n\n",
            run.Summary
        );
        Assert.Equal("true", run.Outputs["assets.skipped"]);
        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.Empty(Cache.Keys);

        // Where they are required, it is an error.
        run = await RunWorkflowAsync(emulator, "deploy", Push("branch", "main"), document: 1, secrets: []);
        Assert.False(run.Succeeded);
        Assert.Contains(
            run.Annotations,
            annotation => annotation.StartsWith("error SAB1001: ", StringComparison.Ordinal)
        );
        Assert.Empty(await emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task Files_that_fail_are_annotated_where_they_are_and_in_the_summary()
    {
        var emulator = await StartServiceAsync();
        CheckOut([.. Site, ("assets/empty.txt", ""), ("assets/a|<b>.txt", "x")]);
        var run = await RunWorkflowAsync(emulator, "preview", PullRequest("opened"));
        Assert.False(run.Succeeded);
        Assert.Equal(
            [
                "error assets/a|<b>.txt(1) SAB2008",
                "error assets/empty.txt(1) SAB2013",
                "error serverless-assets deploy failed (exit code 1). The errors are in the job's summary.",
            ],
            run.Annotations.Select(annotation => Regex.Replace(annotation, "(SAB2[0-9]+): .*", "$1"))
                .Order(StringComparer.Ordinal)
        );
        Assert.StartsWith(
            "### Serverless assets: my-voice-app\n\n❌ **Failed with 2 errors**\n",
            run.Summary,
            StringComparison.Ordinal
        );
        Assert.Contains("a\\|&#60;b&#62;.txt", run.Summary, StringComparison.Ordinal);
        Assert.Empty(await EnvironmentsOf(emulator));
        Assert.DoesNotContain(
            await emulator.TakeRequestsAsync(),
            request => request.Contains("Create", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Assets_uploaded_before_a_failure_are_cached()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        emulator.Faults = new Emulator.EmulatorFaults { FailBuilds = true };
        var failed = await RunWorkflowAsync(emulator, "preview", PullRequest("opened"));
        Assert.False(failed.Succeeded);
        Assert.Contains(
            failed.Annotations,
            annotation => annotation.StartsWith("error SAB4004: ", StringComparison.Ordinal)
        );
        emulator.Faults = new Emulator.EmulatorFaults();

        CheckOut(Site);
        var again = (await RunWorkflowAsync(emulator, "preview", PullRequest("synchronize"))).AssertSucceeded();
        Assert.Equal(("0", "4"), (again.Outputs["assets.uploaded"], again.Outputs["assets.unchanged"]));
    }

    [Fact]
    public async Task A_project_is_published_and_its_errors_are_annotated_once()
    {
        var emulator = await StartServiceAsync();
        var project = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <UseSharedCompilation>true</UseSharedCompilation>
                <ServerlessAssetsServiceName>{ServiceName}</ServerlessAssetsServiceName>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Serverless.Assets.Build" Version="{Feed.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """;
        (string, string)[] files =
        [
            ("src/Site/Site.csproj", project),
            ("src/Site/assets/a.map", "{}"),
            ("src/Site/assets/b.props", "b"),
        ];
        CheckOut(files);
        // A list, and what MSBuild would take for the end of a value.
        var run = (
            await RunWorkflowAsync(
                emulator,
                "publish",
                Push("branch", "main"),
                document: 3,
                inputs: new() { ["allow"] = "*.map;*.props;*.a,b%3B\"c" }
            )
        ).AssertSucceeded();
        var (domain, build) = await emulator.GetLiveAsync();
        Assert.Equal("200 b", await emulator.VisitAsync(domain, "/b.props"));
        Assert.Equal(
            ("2", "0", build, PathOf("src/Site/bin/Release/net10.0/serverless-assets.manifest.json")),
            (
                run.Outputs["assets.uploaded"],
                run.Outputs["assets.unchanged"],
                run.Outputs["assets.build-sid"],
                run.Outputs["assets.manifest"]
            )
        );
        Assert.StartsWith(
            $"### Serverless assets: Site\n\n✅ **Deployed {run.Outputs["assets.build-sid"]} to dev (first deployment)**: "
                + $"<http://{domain}/> 2 uploaded, 0 unchanged.\n",
            run.Summary,
            StringComparison.Ordinal
        );
        Assert.Contains($"2 uploaded, 0 unchanged, live at http://{domain}/", run.Log, StringComparison.Ordinal);

        CheckOut([.. files, ("src/Site/assets/empty.txt", "")]);
        run = await RunWorkflowAsync(emulator, "publish", Push("branch", "main"), document: 3);
        Assert.False(run.Succeeded);
        Assert.Equal(
            [
                "error serverless-assets deploy failed (exit code 1). The errors are in the job's summary.",
                "error src/Site/assets/empty.txt(1) SAB2013",
                "warning src/Site/assets/a.map(1) SAB2016",
                "warning src/Site/assets/b.props(1) SAB2016",
            ],
            run.Annotations.Select(annotation => Regex.Replace(annotation, "(SAB2[0-9]+): .*", "$1"))
                .Order(StringComparer.Ordinal)
        );
        Assert.StartsWith(
            "### Serverless assets: Site\n\n❌ **Failed with 1 error**\n",
            run.Summary,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Credentials_are_hidden_in_every_form()
    {
        CheckOut();
        var pair = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{User}:two\nlines 100%"));
        var (exitCode, log) = await Shell.RunAsync(
            Workspace,
            Prepared(("TWILIO_API_KEY", User), ("TWILIO_API_SECRET", "two\nlines 100%")),
            Path.Combine(GitHubRunner.ActionFolder, "run.sh"),
            "prepare"
        );
        Assert.True(exitCode == 0, log);
        Assert.Equal(
            $"::add-mask::{User}\n::add-mask::two\n::add-mask::lines 100%25\n::add-mask::two%0Alines 100%25\n::add-mask::{pair}\n",
            log
        );
        var reader = new GitHubLog(Workspace);
        reader.Read($"{log}key {User}, secret two, header Basic {pair}");
        Assert.Equal("\nkey ***, secret ***, header Basic ***".TrimStart('\n'), reader.Shown.Trim('\n'));
    }

    [Fact]
    public async Task No_secret_is_in_what_a_run_leaves()
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var run = (await RunWorkflowAsync(emulator, "preview", PullRequest("opened"))).AssertSucceeded();
        Assert.DoesNotContain(Secret, run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Summary, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(run.RawLog, Regex.Escape(Secret))); // its mask
    }

    [Theory]
    [InlineData("$(touch hacked)")]
    [InlineData("`touch hacked`")]
    [InlineData("\"; touch hacked; \"")]
    [InlineData("'; touch hacked; '")]
    [InlineData("a\ntouch hacked")]
    [InlineData("--version\n::set-output name=url::x")]
    public async Task An_input_is_never_code(string value)
    {
        var emulator = await StartServiceAsync();
        CheckOut(Site);
        var run = await RunWorkflowAsync(
            emulator,
            "preview",
            PullRequest("opened"),
            inputs: new() { ["other-assets"] = value, ["runtime"] = value }
        );
        Assert.False(run.Succeeded);
        Assert.Empty(Directory.GetFiles(Workspace, "hacked", SearchOption.AllDirectories));
        Assert.Empty(await EnvironmentsOf(emulator));
    }

    [Fact]
    public async Task An_unknown_command_is_refused()
    {
        CheckOut();
        var (exitCode, log) = await Shell.RunAsync(
            Workspace,
            Prepared(("ASSETS_INPUT_COMMAND", "destroy\n::warning::x")),
            Path.Combine(GitHubRunner.ActionFolder, "run.sh"),
            "prepare"
        );
        Assert.Equal(
            (
                1,
                "::error::The input command 'destroy%0A::warning::x' is not valid: expected plan, upload, build, deploy, verify, rollback, promote, prune or remove.\n"
            ),
            (exitCode, log)
        );
    }

    private static IEnumerable<(string Name, string? Value)> OutputsOf(GitHubRun run) =>
        run
            .Outputs.Where(output => output.Key.StartsWith("assets.", StringComparison.Ordinal))
            .Select(output => (output.Key["assets.".Length..], (string?)output.Value))
            .OrderBy(output => output.Item1, StringComparer.Ordinal);

    private Dictionary<string, string> Prepared(params (string Name, string Value)[] variables) =>
        new(
            variables
                .Append(("GITHUB_OUTPUT", Path.Combine(Elsewhere("prepared"), "output")))
                .DistinctBy(variable => variable.Item1)
                .Select(variable => KeyValuePair.Create(variable.Item1, variable.Item2))
        )
        {
            ["ASSETS_INPUT_COMMAND"] =
                variables.FirstOrDefault(variable => variable.Name == "ASSETS_INPUT_COMMAND").Value ?? "plan",
        };
}
