namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The version that a build of this repository gets from its tags.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public VersionTests()
    {
        foreach (
            var file in (string[])
                [
                    "Directory.Build.props",
                    "Directory.Build.rsp",
                    "Directory.Build.targets",
                    "Directory.Packages.props",
                    "global.json",
                    "nuget.config",
                ]
        )
        {
            File.Copy(Repository.PathOf(file), _folder[file]);
        }

        _folder.Write("src/One/One.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        _folder.Write("src/Two/Two.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
    }

    [Fact]
    public async Task A_tag_is_the_version_and_later_commits_are_previews_of_the_next()
    {
        await CommitAsync();
        Assert.Equal("0.2.0-alpha.0", await GetVersionAsync());

        await CommitAsync();
        Assert.Equal("0.2.0-alpha.0.1", await GetVersionAsync());

        await GitAsync("tag", "v0.3.0");
        Assert.Equal("0.3.0", await GetVersionAsync());
        Assert.Equal("0.3.0", await GetVersionAsync("Two"));

        await CommitAsync();
        Assert.Equal("0.3.1-alpha.0.1", await GetVersionAsync());
    }

    [Fact]
    public async Task An_archive_of_the_sources_has_the_version_of_the_next_release_even_in_another_repository()
    {
        Assert.Equal("0.2.0-alpha.0", await GetVersionAsync());

        Directory.CreateDirectory(_folder["archive"]);
        foreach (var entry in Directory.GetFileSystemEntries(_folder.Path).Where(entry => entry != _folder["archive"]))
        {
            Directory.Move(entry, Path.Combine(_folder["archive"], Path.GetFileName(entry)));
        }

        await CommitAsync();
        await GitAsync("tag", "v7.0.0");
        Assert.Equal("0.2.0-alpha.0", await GetVersionAsync("../archive/src/One"));
    }

    [Fact]
    public async Task Without_Git_a_build_neither_fails_nor_warns()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The PATH of this test has links to programs");
        await CommitAsync();
        await GitAsync("tag", "v0.3.0");
        Directory.CreateDirectory(_folder["programs"]);
        foreach (var program in (string[])["dotnet", "sh"])
        {
            File.CreateSymbolicLink(Path.Combine(_folder["programs"], program), ProgramPath.Find(program)!);
        }

        Assert.Equal("0.2.0-alpha.0", await GetVersionAsync(path: _folder["programs"]));
    }

    [Fact]
    public async Task A_version_on_the_command_line_takes_precedence()
    {
        await CommitAsync();
        await GitAsync("tag", "v0.3.0");

        Assert.Equal("1.2.3-test", await GetVersionAsync("One", null, "-p:PackageVersion=1.2.3-test"));
        Assert.Equal("4.5.6", await GetVersionAsync("One", null, "-p:MinVerVersionOverride=4.5.6"));
    }

    public void Dispose() => _folder.Dispose();

    /// <returns>The output, which contains nothing else if there are no warnings.</returns>
    private async Task<string> GetVersionAsync(string project = "One", string? path = null, params string[] arguments)
    {
        var (exitCode, output) = await DotNet.RunAsync(
            _folder.Path,
            [
                "msbuild",
                Path.Combine(_folder["src"], project),
                "-restore",
                "-t:MinVer",
                "-getProperty:PackageVersion",
                .. arguments,
            ],
            path is null ? null : new Dictionary<string, string> { ["PATH"] = path }
        );
        Assert.True(exitCode == 0, output);
        return output.Trim();
    }

    private async Task CommitAsync()
    {
        await GitAsync("init", "--quiet");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", "x");
    }

    private async Task GitAsync(params string[] arguments)
    {
        ProgramPath.SkipUnlessInstalled("git");
        using var git = ChildProcess.Start(
            "git",
            ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgSign=false", .. arguments],
            _folder.Path
        );
        var result = await git.EndAsync();
        Assert.True(result.ExitCode == 0, result.Output);
    }
}
