using System.Globalization;
using Serverless.Assets.Client;

namespace Serverless.Assets.Cli.Tests;

/// <summary>Where the program locks files, depending on the folders of its user.</summary>
public sealed class LockFolderTests
{
    public LockFolderTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no variable for the folder.");

    [Fact]
    public async Task A_folder_that_cannot_be_trusted_costs_a_warning_and_the_coordination()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        bench.Write("elsewhere/readme.txt");
        var link = Substitute(bench);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateSymbolicLink(link, bench.PathOf("elsewhere"));
        Directory.CreateDirectory(bench.PathOf("data/serverless-assets"));
        Directory.CreateSymbolicLink(bench.PathOf("data/serverless-assets/locks"), bench.PathOf("elsewhere"));

        var run = await RunAsync(bench);

        Assert.Equal((0, "SAB5014"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Single(Directory.GetFileSystemEntries(bench.PathOf("elsewhere")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("/proc")]
    public async Task Without_a_folder_of_the_user_the_one_for_temporary_files_is_used(string data)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        Directory.CreateDirectory(bench.PathOf("tmp"));

        var run = await RunAsync(bench, data);

        Assert.Equal((0, 0), (run.ExitCode, run.Codes.Count));
        Assert.Single(Directory.GetFiles(Substitute(bench), "*.lock"));
    }

    private static string Substitute(Workbench bench) =>
        bench.PathOf(string.Create(CultureInfo.InvariantCulture, $"tmp/serverless-assets-{FileStatus.CurrentUser}"));

    private static async Task<CliRun> RunAsync(Workbench bench, string? data = null)
    {
        bench.Environment["XDG_DATA_HOME"] = data ?? bench.PathOf("data");
        bench.Environment["HOME"] = "/proc";
        bench.Environment["TMPDIR"] = bench.PathOf("tmp");
        using var program = bench.Start(bench.Arguments("upload"));
        return await program.EndAsync();
    }
}
