using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>The workflow of this repository, and its settings for contributors and bots.</summary>
public sealed partial class ProjectWorkflowTests
{
    private const string Project = "https://github.com/serverless-assets/Serverless.Assets.Build";

    private static readonly Dictionary<string, object?> Workflow = Yaml.Load(
        Repository.PathOf(".github/workflows/ci.yml")
    );

    private static IReadOnlyList<Dictionary<string, object?>> Jobs =>
        [.. Workflow.Map("jobs").Values.Cast<Dictionary<string, object?>>()];

    public static TheoryData<string> Files =>
        [
            .. Directory
                .GetFiles(Repository.PathOf(".github"), "*.yml", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Repository.PathOf(""), file).Replace('\\', '/')),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_YAML_and_its_links_lead_to_this_project(string file)
    {
        Assert.NotEmpty(Yaml.Load(Repository.PathOf(file)));
        Assert.All(
            Address().Matches(File.ReadAllText(Repository.PathOf(file))),
            address => Assert.StartsWith(Project, address.Value, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_workflow_is_what_GitHub_reads() =>
        Assert.Empty(GitHubSchema.Load("workflow-v1.0").Check("workflow-root-strict", Workflow));

    [Fact]
    public void It_runs_everything_with_the_script_that_developers_run()
    {
        var scripts = Scripts().ToList();

        Assert.Single(scripts, script => script.StartsWith(".ci/run ", StringComparison.Ordinal));
        Assert.All(scripts, script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
        Assert.All(
            (string[])[".ci/run", ".ci/install"],
            script =>
                Assert.True(
                    OperatingSystem.IsWindows()
                        || File.GetUnixFileMode(Repository.PathOf(script)).HasFlag(UnixFileMode.UserExecute)
                )
        );
    }

    /// <summary>A pull request can change what runs: it gets no more than it needs.</summary>
    [Fact]
    public void It_can_only_read_and_always_ends()
    {
        Assert.Equal([new("contents", "read")], Workflow.Map("permissions"));
        Assert.DoesNotContain("pull_request_target", Workflow.Map("on").Keys);
        Assert.NotEmpty(Workflow.Map("concurrency"));
        Assert.All(
            Jobs,
            job =>
            {
                Assert.Empty(job.Map("permissions"));
                Assert.InRange(int.Parse(job.Text("timeout-minutes")!, CultureInfo.InvariantCulture), 1, 120);
                var checkout = Assert.Single(job.Maps("steps"), step => Uses(step, "actions/checkout"));
                Assert.Equal("false", checkout.Map("with").Text("persist-credentials"));
                Assert.Equal("0", checkout.Map("with").Text("fetch-depth")); // the tags
                Assert.All(
                    job.Maps("steps").Select(step => step.Text("uses")).OfType<string>(),
                    action => Assert.Matches(@"^actions/[a-z-]+@v\d+$", action)
                );
            }
        );
    }

    [Fact]
    public async Task Shellcheck_finds_nothing()
    {
        ProgramPath.SkipUnlessInstalled("shellcheck");
        using var folder = new TempFolder();
        string[] files = [".ci/run", ".ci/install"];
        foreach (
            var (index, script) in Scripts()
                .Concat(files.Select(file => File.ReadAllText(Repository.PathOf(file))))
                .Index()
        )
        {
            folder.Write($"{index}.sh", script);
        }

        Assert.Equal(
            (0, ""),
            await Shell.RunAsync(folder.Path, new Dictionary<string, string>(), "-c", "shellcheck --shell=bash *.sh")
        );
    }

    [Fact]
    public void Dependabot_updates_what_is_there()
    {
        var updates = Yaml.Load(Repository.PathOf(".github/dependabot.yml")).Maps("updates").ToList();

        Assert.Equal(
            ["github-actions", "npm", "nuget"],
            updates.Select(update => update.Text("package-ecosystem")).Order()
        );
        Assert.All(
            updates,
            update =>
            {
                Assert.True(Directory.Exists(Repository.PathOf(update.Text("directory")!.TrimStart('/'))));
                Assert.NotEmpty(update.Map("groups"));
                Assert.Equal("weekly", update.Map("schedule").Text("interval"));
            }
        );
        var npm = updates.Single(update => update.Text("package-ecosystem") == "npm").Text("directory")!;
        Assert.True(File.Exists(Repository.PathOf($"{npm.TrimStart('/')}/package-lock.json")));
    }

    [Fact]
    public void The_development_container_installs_what_the_tests_need()
    {
        using var container = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf(".devcontainer/devcontainer.json"))
        );

        Assert.StartsWith(
            ".ci/install && ",
            container.RootElement.GetProperty("postCreateCommand").GetString(),
            StringComparison.Ordinal
        );
        using var sdk = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("global.json")));
        Assert.StartsWith(
            container
                .RootElement.GetProperty("features")
                .GetProperty("ghcr.io/devcontainers/features/dotnet:2")
                .GetProperty("version")
                .GetString()!,
            sdk.RootElement.GetProperty("sdk").GetProperty("version").GetString(),
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<string> Scripts() =>
        Jobs.SelectMany(job => job.Maps("steps")).Select(step => step.Text("run")).OfType<string>();

    private static bool Uses(Dictionary<string, object?> step, string action) =>
        step.Text("uses")?.StartsWith($"{action}@", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"https://github\.com/[^\s)]+")]
    private static partial Regex Address();
}
