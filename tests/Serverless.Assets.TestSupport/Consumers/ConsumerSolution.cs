namespace Serverless.Assets.TestSupport;

/// <summary>A solution of projects that share a root folder, built from there.</summary>
internal sealed class ConsumerSolution(params ConsumerProject[] projects)
{
    private const string Name = "All.slnx";

    private readonly BuildRuns _runs = new(projects[0].Root, "solution");

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

    private Task<ConsumerBuild> RunAsync(string[] arguments)
    {
        Save();
        return _runs.RunAsync(
            Root,
            arguments,
            [.. projects.Select(project => project.Restores)],
            projects[0].Variables
        );
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
