using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Benchmarks;

/// <summary>A project with asset files, with or without the package, built once in an isolated folder.</summary>
internal sealed partial class IdleProject : IDisposable
{
    private const string Version = "1.0.0-bench";

    private readonly string _root = Directory.CreateTempSubdirectory("serverless-assets-bench-").FullName;

    private IdleProject() { }

    private string Folder => Path.Combine(_root, "Site");

    public static async Task<IdleProject> CreateAsync(int files, bool hasPackage)
    {
        var project = new IdleProject();
        project.WriteFence();
        project.WriteFiles(files);
        var reference = "";
        if (hasPackage)
        {
            var package = typeof(IdleProject)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(data => data.Key == "PackageProject")
                .Value!;
            await RunAsync(
                    project._root,
                    "pack",
                    package,
                    "-c",
                    "Release",
                    $"-p:PackageVersion={Version}",
                    "-o",
                    Path.Combine(project._root, "feed")
                )
                .ConfigureAwait(false);
            reference =
                $"""<ItemGroup><PackageReference Include="Serverless.Assets.Build" Version="{Version}" PrivateAssets="all" /></ItemGroup>""";
        }

        await File.WriteAllTextAsync(
                Path.Combine(project.Folder, "Site.csproj"),
                $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup>{reference}</Project>"""
            )
            .ConfigureAwait(false);
        await RunAsync(project.Folder, "build").ConfigureAwait(false);
        return project;
    }

    /// <summary>Runs an up-to-date build.</summary>
    /// <returns>
    /// The milliseconds of the process, and those that MSBuild reports for evaluation and the package's targets.
    /// </returns>
    public async Task<(double Elapsed, double Counted)> BuildAsync()
    {
        var (elapsed, output) = await RunAsync(Folder, "build", "--no-restore", "-v:minimal", "-clp:PerformanceSummary")
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

        File.WriteAllText(Path.Combine(Folder, "Site.cs"), "internal sealed class Site;");
    }

    private void WriteFence()
    {
        Directory.CreateDirectory(Path.Combine(_root, "feed"));
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(_root, file), "<Project />");
        }

        File.WriteAllText(Path.Combine(_root, "Directory.Build.rsp"), "");
        File.WriteAllText(
            Path.Combine(_root, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Path.Combine(_root, "feed")}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_root, "packages")}" /></config>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """
        );
    }

    /// <summary>
    /// Runs <c>dotnet</c> in one process, without reusable nodes or servers that would speed up the next run.
    /// </summary>
    private static async Task<(TimeSpan Elapsed, string Output)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-m:1", "-nodeReuse:false", "-tl:off"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0 ? (clock.Elapsed, output) : throw new InvalidOperationException(output);
    }

    /// <summary>
    /// The project's evaluations, and the package's targets: <c> 12 ms _ServerlessAssetsCheckSwitches 1 calls</c>.
    /// </summary>
    [GeneratedRegex(@"^ +(?<ms>\d+) ms +(\S*Site\.csproj|\S*ServerlessAssets\S*) ", RegexOptions.Multiline)]
    private static partial Regex Counted();
}
