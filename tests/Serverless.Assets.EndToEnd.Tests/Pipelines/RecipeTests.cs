using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>The recipes of docs/gitlab-and-shell.md, as they stand there.</summary>
public sealed partial class RecipeTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    private const string CachedFolder = "obj/serverless-assets";

    private static readonly string Page = Repository.PathOf("docs/gitlab-and-shell.md");

    /// <summary>The upload states that jobs have saved, by their keys. GitLab replaces a cache that has the same key.</summary>
    private readonly Dictionary<string, byte[]> _caches = [];

    [Fact]
    public async Task GitLab_previews_deploys_promotes_and_removes_and_its_report_has_names_without_dashes()
    {
        var emulator = await StartServiceAsync();
        CheckOut(("assets/index.html", "<h1>one</h1>"));
        await RunJobAsync(
            emulator,
            "preview",
            ("CI_PIPELINE_SOURCE", "merge_request_event"),
            ("CI_MERGE_REQUEST_IID", "7")
        );
        var (domain, build) = await emulator.GetLiveAsync("pr-7");
        var report = (await File.ReadAllLinesAsync(PathOf("assets.env"), Token)).ToDictionary(
            line => line.Split('=')[0],
            line => line.Split('=', 2)[1]
        );
        Assert.All(report.Keys, name => Assert.Matches("^SERVERLESS_ASSETS_[A-Z_]+$", name));
        Assert.Equal(
            (build, $"http://{domain}/", "2", "0"),
            (
                report["SERVERLESS_ASSETS_BUILD_SID"],
                report["SERVERLESS_ASSETS_URL"],
                report["SERVERLESS_ASSETS_UPLOADED"],
                report["SERVERLESS_ASSETS_UNCHANGED"]
            )
        );
        Assert.Contains(
            $"✅ **Deployed {report["SERVERLESS_ASSETS_BUILD_SID"]} to pr-7 (first deployment)**: <http://{domain}/>",
            await File.ReadAllTextAsync(PathOf("summary.md"), Token),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(PathOf("obj/serverless-assets/uploads.journal"))); // what the cache keeps
        Assert.Equal(["serverless-assets-mr-7"], _caches.Keys);

        await RunJobAsync(emulator, "deploy", ("CI_COMMIT_BRANCH", "main"), ("CI_DEFAULT_BRANCH", "main"));
        await RunJobAsync(emulator, "promote", ("CI_COMMIT_TAG", "v1"));
        Assert.Equal((await emulator.GetLiveAsync()).Build, (await emulator.GetLiveAsync("production")).Build);
        await RunJobAsync(emulator, "remove", ("CI_MERGE_REQUEST_IID", "7"));
        Assert.Equal(["dev", "production"], await EnvironmentsOf(emulator));
    }

    /// <summary>As far as the keys determine it: GitLab separates protected branches from others by itself.</summary>
    [Fact]
    public async Task A_merge_request_reads_the_state_of_the_default_branch_and_its_own_and_only_it_reads_its_own()
    {
        var emulator = await StartServiceAsync();
        CheckOut(("assets/a.txt", "one"), ("assets/b.txt", "two"));

        Assert.Equal(2, await PreviewAsync("7"));
        Assert.Equal(2, await DeployAsync()); // not from the merge request
        Write("assets/a.txt", "changed");
        Assert.Equal(1, await PreviewAsync("8")); // from the default branch
        Assert.Equal(0, await PreviewAsync("8")); // its own
        Assert.Equal(1, await PreviewAsync("9")); // not from the other merge request
        Assert.Equal(1, await DeployAsync());
        await RunJobAsync(emulator, "remove", ("CI_MERGE_REQUEST_IID", "9"));
        await RunJobAsync(emulator, "promote", ("CI_COMMIT_TAG", "v1"));

        Assert.Equal(
            [
                "serverless-assets-default-branch",
                "serverless-assets-mr-7",
                "serverless-assets-mr-8",
                "serverless-assets-mr-9",
            ],
            _caches.Keys.Order(StringComparer.Ordinal)
        );

        async Task<int> PreviewAsync(string number)
        {
            await RunJobAsync(emulator, "preview", ("CI_MERGE_REQUEST_IID", number));
            return await ReadUploadedAsync();
        }

        async Task<int> DeployAsync()
        {
            await RunJobAsync(emulator, "deploy", ("CI_COMMIT_BRANCH", "main"));
            return await ReadUploadedAsync();
        }

        async Task<int> ReadUploadedAsync() =>
            int.Parse(
                (await File.ReadAllLinesAsync(PathOf("assets.env"), Token))
                    .Single(line => line.StartsWith("SERVERLESS_ASSETS_UPLOADED=", StringComparison.Ordinal))
                    .Split('=')[1],
                System.Globalization.CultureInfo.InvariantCulture
            );
    }

    /// <summary>The pipeline of a fork runs in the fork, or with the approval of a member in the project itself.</summary>
    [Fact]
    public void Jobs_of_merge_requests_do_not_run_for_forks()
    {
        var pipeline = Yaml.Parse(Assert.Single(Yaml.Blocks(Page, "yaml")));

        var conditions = pipeline
            .Values.OfType<Dictionary<string, object?>>()
            .SelectMany(job => job.Maps("rules"))
            .Select(rule => rule.Text("if")!)
            .Where(condition => condition.Contains("merge_request", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(2, conditions.Count);
        Assert.All(
            conditions,
            condition =>
                Assert.EndsWith(
                    " && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID",
                    condition,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task The_shell_recipe_deploys_and_uploads_nothing_twice()
    {
        var emulator = await StartServiceAsync();
        CheckOut(("assets/index.html", "<h1>one</h1>"));
        var environment = Environment(emulator);
        environment["ENVIRONMENT"] = "staging";
        environment["STATE"] = Elsewhere("state");
        var script = Assert.Single(Yaml.Blocks(Page, "bash"));
        var (exitCode, log) = await Shell.RunAsync(Workspace, environment, "-c", script);
        Assert.True(exitCode == 0, log);
        var (domain, _) = await emulator.GetLiveAsync("staging");
        Assert.EndsWith($"Live at http://{domain}/\n", log, StringComparison.Ordinal);
        await emulator.TakeRequestsAsync();

        File.Delete(PathOf("serverless-assets.manifest.json"));
        (exitCode, log) = await Shell.RunAsync(Workspace, environment, "-c", script);
        Assert.True(exitCode == 0, log);
        Assert.DoesNotContain(
            await emulator.TakeRequestsAsync(),
            request => request.Contains("Create", StringComparison.Ordinal)
        );

        Write("assets/empty.txt", "");
        (exitCode, log) = await Shell.RunAsync(Workspace, environment, "-c", script);
        Assert.True(exitCode == 1, log);
        Assert.DoesNotContain("Live at", log, StringComparison.Ordinal);
    }

    /// <summary>
    /// What a job runs, as GitLab joins it: all in one shell that ends with the first failure; then the rest.
    /// </summary>
    private async Task RunJobAsync(TestEmulator emulator, string name, params (string Name, string Value)[] variables)
    {
        var pipeline = Yaml.Parse(Assert.Single(Yaml.Blocks(Page, "yaml")));
        var job = pipeline.Map(name);
        var basis = pipeline.Map(job.Text("extends")!);
        var environment = Environment(emulator);
        foreach (
            var (variable, value) in pipeline
                .Map("variables")
                .Concat(basis.Map("variables"))
                .Concat(job.Map("variables"))
        )
        {
            environment[variable] = (string)value!;
        }

        foreach (var (variable, value) in variables)
        {
            environment[variable] = value;
        }

        // A runner begins with what is in the repository and the cache.
        RestoreCache(job, environment);
        foreach (var left in (string[])["outputs", "summary.md", "assets.env", "serverless-assets.manifest.json"])
        {
            File.Delete(PathOf(left));
        }

        if (Directory.Exists(PathOf(".tools")))
        {
            Directory.Delete(PathOf(".tools"), recursive: true);
        }

        var (exitCode, log) = await Shell.RunAsync(
            Workspace,
            environment,
            "-c",
            "set -eo pipefail\n" + string.Join('\n', basis.List("before_script").Concat(job.List("script")))
        );
        Assert.True(exitCode == 0, log);
        (exitCode, log) = await Shell.RunAsync(
            Workspace,
            environment,
            "-c",
            "set -eo pipefail\n" + string.Join('\n', basis.List("after_script"))
        );
        Assert.True(exitCode == 0, log);
        if (GetCacheKeys(job, environment) is [var own, ..])
        {
            _caches[own] = await File.ReadAllBytesAsync(PathOf($"{CachedFolder}/uploads.journal"), Token);
        }
    }

    private void RestoreCache(Dictionary<string, object?> job, Dictionary<string, string> environment)
    {
        if (Directory.Exists(PathOf(CachedFolder)))
        {
            Directory.Delete(PathOf(CachedFolder), recursive: true);
        }

        if (GetCacheKeys(job, environment).FirstOrDefault(_caches.ContainsKey) is { } found)
        {
            Directory.CreateDirectory(PathOf(CachedFolder));
            File.WriteAllBytes(PathOf($"{CachedFolder}/uploads.journal"), _caches[found]);
        }
    }

    /// <summary>The key that the job saves, and then those that it only restores.</summary>
    private static List<string> GetCacheKeys(Dictionary<string, object?> job, Dictionary<string, string> environment) =>
        job.GetValueOrDefault("cache") is Dictionary<string, object?> cache
            ?
            [
                .. cache
                    .List("fallback_keys")
                    .Prepend(cache["key"])
                    .Select(key => Variable().Replace((string)key!, name => environment[name.Groups[1].Value])),
            ]
            : [];

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Variable();

    /// <summary>
    /// The emulator and the package under test come in by a program of the tool's name that adds three options.
    /// </summary>
    private Dictionary<string, string> Environment(TestEmulator emulator) =>
        new()
        {
            ["TWILIO_API_KEY"] = User,
            ["TWILIO_API_SECRET"] = Secret,
            ["PATH"] =
                $"{WriteDotNet(emulator)}{Path.PathSeparator}{System.Environment.GetEnvironmentVariable("PATH")}",
        };

    /// <summary>
    /// A <c>dotnet</c> that installs the version under test, and leads what it has installed to the emulator.
    /// </summary>
    private string WriteDotNet(TestEmulator emulator)
    {
        var folder = Elsewhere("bin");
        var real = ProgramPath.Find("dotnet");
        var path = Path.Combine(folder, "dotnet");
        File.WriteAllText(
            path,
            $"""
            #!/usr/bin/env bash
            set -e
            if [ "$1 $2" != 'tool install' ]; then exec '{real}' "$@"; fi
            '{real}' "$@" --version '{Tool.Version}'
            mv .tools/serverless-assets .tools/real
            printf '%s\n' '#!/usr/bin/env bash' 'exec "$(dirname "$0")/real" "$@" --api-base-url {emulator.Url} --upload-base-url {emulator.Url}' > .tools/serverless-assets
            chmod +x .tools/serverless-assets
            """
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
