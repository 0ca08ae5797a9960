using System.Diagnostics;
using Serverless.Assets.EndToEnd.Tests.Support;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The tool as users get it: from a package in a feed.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("end-to-end-tool-").FullName;

    [Fact]
    public async Task The_installed_tool_runs_without_anything_else()
    {
        var version = $"1.0.0-test.{Guid.NewGuid():n}"; // never used before, so that no package folder has another one
        var feed = Path.Combine(_folder, "feed");
        var tools = Path.Combine(_folder, "tools");
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
        Directory.CreateDirectory(Path.Combine(_folder, "site"));
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "site", "a.txt"),
            "first",
            TestContext.Current.CancellationToken
        );

        var (exitCode, output) = await RunAsync(
            Path.Combine(tools, OperatingSystem.IsWindows() ? "serverless-assets.exe" : "serverless-assets"),
            "upload",
            "site",
            "--emulator",
            "--json",
            "--quiet"
        );

        Assert.True(exitCode == 0, output);
        Assert.Contains("\"path\": \"/a.txt\"", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task DoneAsync(params string[] arguments)
    {
        var packages = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") };
        var (exitCode, output) = await DotNet.RunAsync(_folder, arguments, arguments[0] == "tool" ? packages : null);
        Assert.True(exitCode == 0, output);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
