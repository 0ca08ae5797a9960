using System.Diagnostics;
using System.Reflection;

namespace Serverless.Assets.Benchmarks;

/// <summary>A package feed with the package of this repository, for projects in isolated folders.</summary>
/// <param name="root">Full path; contains the feed, and the packages that the projects restore.</param>
internal sealed class PackageFolder(string root)
{
    private const string Version = "1.0.0-bench";

    private string Feed => Path.Combine(root, "feed");

    /// <summary>Packs the package of this repository into the feed.</summary>
    public async Task PackAsync()
    {
        var package = typeof(PackageFolder)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "PackageProject")
            .Value!;
        await RunAsync(root, "pack", package, "-c", "Release", $"-p:PackageVersion={Version}", "-o", Feed)
            .ConfigureAwait(false);
    }

    /// <summary>Isolates the projects in a folder from this repository, and from packages of the machine.</summary>
    public void WriteFence(string folder)
    {
        Directory.CreateDirectory(Feed);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, file), "<Project />");
        }

        File.WriteAllText(Path.Combine(folder, "Directory.Build.rsp"), "");
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(root, "packages")}" /></config>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """
        );
    }

    /// <summary>Writes a class library, <c>Site.csproj</c>.</summary>
    public static async Task WriteProjectAsync(string folder, bool hasPackage = true)
    {
        var reference = hasPackage
            ? $"""<ItemGroup><PackageReference Include="Serverless.Assets.Build" Version="{Version}" PrivateAssets="all" /></ItemGroup>"""
            : "";
        await File.WriteAllTextAsync(Path.Combine(folder, "Site.cs"), "internal sealed class Site;")
            .ConfigureAwait(false);
        await File.WriteAllTextAsync(
                Path.Combine(folder, "Site.csproj"),
                $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup>{reference}</Project>"""
            )
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Runs <c>dotnet</c> in one process, without reusable nodes or servers that would speed up the next run.
    /// </summary>
    public static async Task<(TimeSpan Elapsed, string Output)> RunAsync(string folder, params string[] arguments)
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
}
