using System.IO.Compression;
using System.Text.Json;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The tool as users get it: from a package in a feed.</summary>
public sealed class ToolPackageTests(ToolFeed feed) : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task The_installed_tool_runs_without_anything_else()
    {
        var tools = _folder["tools"];
        var (exitCode, output) = await DotNet.RunAsync(
            _folder.Path,
            [
                "tool",
                "install",
                "Serverless.Assets.Cli",
                "--tool-path",
                tools,
                "--source",
                feed.Folder,
                "--version",
                feed.Version,
            ],
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = _folder["packages"] }
        );
        Assert.True(exitCode == 0, output);
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

    /// <summary>Where only a later .NET is installed, the tool runs on that.</summary>
    [Fact]
    public void The_tool_also_runs_on_a_later_runtime()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        using var settings = JsonDocument.Parse(
            package.GetEntry("tools/net10.0/any/serverless-assets.runtimeconfig.json")!.Open()
        );

        Assert.Equal(
            "Major",
            settings.RootElement.GetProperty("runtimeOptions").GetProperty("rollForward").GetString()
        );
    }

    public void Dispose() => _folder.Dispose();
}
