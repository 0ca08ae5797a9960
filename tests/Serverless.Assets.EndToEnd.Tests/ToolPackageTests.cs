namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The tool as users get it: from a package in a feed.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_installed_tool_runs_without_anything_else()
    {
        var version = $"1.0.0-test.{Guid.NewGuid():n}"; // never used before, so that no package folder has another one
        var feed = _folder["feed"];
        var tools = _folder["tools"];
        await DoneAsync(
            "pack",
            Repository.PathOf("src/Serverless.Assets.Cli"),
            "--no-build",
            "-c",
            Repository.Configuration,
            $"-p:PackageVersion={version}",
            "-o",
            feed
        );
        await DoneAsync(
            "tool",
            "install",
            "Serverless.Assets.Cli",
            "--tool-path",
            tools,
            "--source",
            feed,
            "--version",
            version
        );
        _folder.Write("site/a.txt", "first");

        using var tool = ChildProcess.Start(
            Path.Combine(tools, OperatingSystem.IsWindows() ? "serverless-assets.exe" : "serverless-assets"),
            ["upload", "site", "--emulator", "--json", "--quiet"],
            _folder.Path
        );
        var result = await tool.EndAsync();

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("\"path\": \"/a.txt\"", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task DoneAsync(params string[] arguments)
    {
        var packages = new Dictionary<string, string> { ["NUGET_PACKAGES"] = _folder["packages"] };
        var (exitCode, output) = await DotNet.RunAsync(
            _folder.Path,
            arguments,
            arguments[0] == "tool" ? packages : null
        );
        Assert.True(exitCode == 0, output);
    }
}
