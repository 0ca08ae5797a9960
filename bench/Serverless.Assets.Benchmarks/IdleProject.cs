using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Benchmarks;

/// <summary>A project with asset files, with or without the package, built once in an isolated folder.</summary>
internal sealed partial class IdleProject : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;

    private IdleProject() { }

    private string Folder => Path.Combine(_root, "Site");

    public static async Task<IdleProject> CreateAsync(int files, bool hasPackage)
    {
        var project = new IdleProject();
        var package = new PackageFolder(project._root);
        package.WriteFence(project._root);
        project.WriteFiles(files);
        if (hasPackage)
        {
            await package.PackAsync().ConfigureAwait(false);
        }

        await PackageFolder.WriteProjectAsync(project.Folder, hasPackage).ConfigureAwait(false);
        await PackageFolder.RunAsync(project.Folder, "build").ConfigureAwait(false);
        return project;
    }

    /// <summary>Runs an up-to-date build.</summary>
    /// <returns>
    /// The milliseconds of the process, and those that MSBuild reports for evaluation and the package's targets.
    /// </returns>
    public async Task<(double Elapsed, double Counted)> BuildAsync()
    {
        var (elapsed, output) = await PackageFolder
            .RunAsync(Folder, "build", "--no-restore", "-v:minimal", "-clp:PerformanceSummary")
            .ConfigureAwait(false);
        var evaluation = output[output.IndexOf("Project Evaluation Performance Summary", StringComparison.Ordinal)..];
        var beforeProjects = evaluation[..evaluation.IndexOf("Project Performance Summary", StringComparison.Ordinal)];
        var targets = output[output.IndexOf("Target Performance Summary", StringComparison.Ordinal)..];
        var counted = Counted().Matches(beforeProjects).Concat(Counted().Matches(targets));
        return (
            elapsed.TotalMilliseconds,
            counted.Sum(match => double.Parse(match.Groups["ms"].ValueSpan, CultureInfo.InvariantCulture))
        );
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void WriteFiles(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var file = Path.Combine(
                Folder,
                "assets",
                $"folder-{i % 10}",
                string.Create(CultureInfo.InvariantCulture, $"file-{i}.txt")
            );
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, file);
        }
    }

    /// <summary>
    /// The project's evaluations, and the package's targets: <c> 12 ms _ServerlessAssetsCheckSwitches 1 calls</c>.
    /// </summary>
    [GeneratedRegex(@"^ +(?<ms>\d+) ms +(\S*Site\.csproj|\S*ServerlessAssets\S*) ", RegexOptions.Multiline)]
    private static partial Regex Counted();
}
