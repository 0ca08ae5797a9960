using System.Globalization;

namespace Serverless.Assets.TestSupport;

/// <summary>A solution of projects that share a root folder, built from there.</summary>
internal sealed class ConsumerSolution(params ConsumerProject[] projects)
{
    private const string Name = "All.slnx";

    private int _runs;

    public Task<ConsumerBuild> PublishAsync(params string[] arguments) => RunAsync(["publish", Name, .. arguments]);

    public Task<ConsumerBuild> BuildAsync(params string[] arguments) => RunAsync(["build", Name, .. arguments]);

    public Task<ConsumerBuild> MSBuildAsync(string targets, params string[] arguments) =>
        RunAsync(["msbuild", Name, "-restore", $"-t:{targets}", .. arguments]);

    /// <summary>Starts a publish that the test ends; without a binary log, which would be incomplete.</summary>
    public ChildProcess StartPublish(params string[] arguments)
    {
        Save();
        return DotNet.Start(Root, ["publish", Name, .. arguments, "-tl:off"], projects[0].Variables);
    }

    private string Root => projects[0].Root;

    private async Task<ConsumerBuild> RunAsync(string[] arguments)
    {
        Save();
        var log = Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"solution-{++_runs}-{arguments[0]}"));
        string[] all = [.. arguments, $"-bl:{log}.binlog;ProjectImports=None", "-tl:off"];
        var (exitCode, output) = await DotNet.RunAsync(Root, all, projects[0].Variables);
        await File.WriteAllTextAsync(
            $"{log}.log",
            $"dotnet {string.Join(' ', all)}\nexit code {exitCode}\n\n{output}",
            TestContext.Current.CancellationToken
        );
        return new ConsumerBuild(exitCode, output, $"{log}.binlog");
    }

    private void Save()
    {
        foreach (var project in projects)
        {
            project.Save();
        }

        var paths = projects.Select(project => $"<Project Path=\"{project.Name}/{project.Name}.csproj\" />");
        File.WriteAllText(Path.Combine(Root, Name), $"<Solution>{string.Concat(paths)}</Solution>");
    }
}
