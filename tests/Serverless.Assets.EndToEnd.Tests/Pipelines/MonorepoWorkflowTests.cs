using Serverless.Assets.EndToEnd.Tests.Documents;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>
/// The workflow of docs/monorepo.md with the Directory.Build.props of that page. Its matrix has a job for each project.
/// </summary>
public sealed class MonorepoWorkflowTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
        </Project>
        """;

    private static readonly string WorkflowText = Find("name: ");

    [Fact]
    public void The_workflow_is_what_GitHub_reads() =>
        Assert.Empty(GitHubSchema.Load("workflow-v1.0").Check("workflow-root-strict", Yaml.Parse(WorkflowText)));

    [Fact]
    public async Task Each_project_has_a_site_and_an_upload_state_of_its_own()
    {
        var emulator = await StartServiceAsync();
        var projects = Yaml.Parse(WorkflowText)
            .Map("jobs")
            .Map("deploy")
            .Map("strategy")
            .Map("matrix")
            .List("project")
            .Cast<string>()
            .ToList();
        Assert.Equal(["src/Shop/Shop.csproj", "src/Support/Support.csproj"], projects);

        foreach (var project in projects)
        {
            var run = await DeployAsync(emulator, project);

            var name = Path.GetFileNameWithoutExtension(project);
            Assert.Equal(("1", "0"), (run.Outputs["assets.uploaded"], run.Outputs["assets.unchanged"]));
            Assert.Matches($"^contoso-{name.ToLowerInvariant()}-[0-9]+-dev\\.", run.Outputs["assets.domain"]);
            Assert.Equal($"200 {name}", await emulator.VisitAsync(run.Outputs["assets.domain"], "/name.txt"));
            Assert.Contains($"{project} is live at {run.Outputs["assets.url"]}", run.Log, StringComparison.Ordinal);
        }

        foreach (var project in projects)
        {
            var run = await DeployAsync(emulator, project);

            Assert.Equal(("0", "1"), (run.Outputs["assets.uploaded"], run.Outputs["assets.unchanged"]));
        }

        Assert.Equal(2, Cache.Keys.Select(key => key.Split("-refs/")[0]).Distinct().Count());
    }

    private async Task<GitHubRun> DeployAsync(TestEmulator emulator, string project)
    {
        CheckOut(
            (
                "Directory.Build.props",
                Find("<Project>").Replace("Version=\"…\"", $"Version=\"{Feed.Version}\"", StringComparison.Ordinal)
            ),
            ("src/Shop/Shop.csproj", Project),
            ("src/Shop/assets/name.txt", "Shop"),
            ("src/Support/Support.csproj", Project),
            ("src/Support/assets/name.txt", "Support")
        );
        var workflow = Yaml.Parse(
            WorkflowText.Replace("${{ matrix.project }}", project, StringComparison.Ordinal) // as GitHub expands a matrix
        );
        var run = await GitHubRunner.RunJobAsync(
            Workspace,
            Cache,
            Tool,
            Inputs(emulator),
            workflow.Map("jobs").Map("deploy"),
            Push("branch", "main"),
            new Dictionary<string, object?> { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret }
        );
        return run.AssertSucceeded();
    }

    /// <summary>Finds the block of the page that begins with the text.</summary>
    private static string Find(string beginning) =>
        DocumentPage
            .Read("docs/monorepo.md")
            .Blocks.Single(block =>
                block.Argument == nameof(MonorepoWorkflowTests)
                && block.Text.StartsWith(beginning, StringComparison.Ordinal)
            )
            .Text;
}
