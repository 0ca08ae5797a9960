using Serverless.Assets.Emulation;

namespace Serverless.Assets.Cli.Tests;

/// <summary>Pipes and devices where a command reads or writes files: each is named, and nothing waits for them.</summary>
public sealed class IrregularFileTests
{
    public IrregularFileTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files in folders.");

    [Theory]
    [InlineData("assets/live.log", "SAB2060")]
    [InlineData("assets/photo.jpg", "SAB2060")]
    [InlineData("assets/page.html", "SAB2060")]
    [InlineData("assets/.serverlessignore", "SAB2019")]
    [InlineData("serverless-assets.json", "SAB1024")]
    [InlineData("serverless-assets.manifest.json", "SAB5004")]
    public async Task A_pipe_in_the_project_ends_an_upload_with_its_name(string path, string code)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        var pipe = bench.Pipe(path);

        var run = await bench.RunAsync("upload");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal([code], run.Codes.Distinct());
        Assert.Contains(pipe, run.Error, StringComparison.Ordinal);
        Assert.Contains("a named pipe", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_in_the_data_folder_of_the_emulator_blocks_nothing()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Pipe("data/emulator.json");

        Assert.Null(RunningEmulator.Find(bench.PathOf("data/emulator.json")));
    }

    [Fact]
    public async Task A_pipe_that_is_excluded_or_does_not_match_is_no_problem()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        bench.Write("assets/.serverlessignore", "*.ignored");
        bench.Pipe("assets/a.ignored");
        bench.Pipe("assets/a.excluded");
        bench.Pipe("assets/.hidden");

        Assert.Equal(0, (await bench.RunAsync("upload", "--exclude-patterns", "*.excluded")).ExitCode);
        Assert.Equal(0, (await bench.RunAsync("upload", "--patterns", "*.html")).ExitCode);
    }

    [Fact]
    public async Task A_device_in_the_config_file_is_not_opened()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        bench.Write("serverless-assets.json", """{ "files": ["/dev/zero"] }""");

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, "SAB1033"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains("is '/dev/zero', which is outside the project", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    [InlineData("/dev/stdout")]
    public async Task A_manifest_that_is_a_device_is_an_error_and_stays(string device)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");

        var run = await bench.RunAsync("upload", "--manifest", device);

        Assert.Equal((1, "SAB5004"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains($"'{device}'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists($"{device}.previous"));
        Assert.NotEqual(FileAttributes.None, File.GetAttributes(device));
        Assert.Equal(0, new FileInfo("/dev/null").Length);
    }

    [Fact]
    public async Task A_manifest_behind_a_link_is_replaced_and_the_link_stays()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html", "first");
        bench.Write("elsewhere/m.json", "");
        File.Delete(bench.PathOf("elsewhere/m.json"));
        File.CreateSymbolicLink(bench.ManifestPath, "elsewhere/m.json");

        Assert.Equal(0, (await bench.RunAsync("upload")).ExitCode);
        var first = await File.ReadAllTextAsync(bench.PathOf("elsewhere/m.json"), Workbench.Token);
        bench.Write("assets/index.html", "second");
        Assert.Equal(0, (await bench.RunAsync("upload")).ExitCode);

        Assert.NotEqual(first, await File.ReadAllTextAsync(bench.PathOf("elsewhere/m.json"), Workbench.Token));
        Assert.Equal(first, await File.ReadAllTextAsync(bench.ManifestPath + ".previous", Workbench.Token));
        Assert.Equal("elsewhere/m.json", new FileInfo(bench.ManifestPath).LinkTarget);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("build")]
    [InlineData("deploy")]
    public async Task A_manifest_that_is_a_pipe_is_not_read(string command)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Pipe("serverless-assets.manifest.json");

        var run = await bench.RunAsync(command);

        Assert.Equal((1, "SAB5007"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains("it is a named pipe, not a regular file", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--summary")]
    [InlineData("--outputs")]
    [InlineData("--report")]
    public async Task A_report_to_a_pipe_that_nobody_reads_is_a_warning(string option)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        var pipe = bench.Pipe("report");

        var run = await bench.RunAsync("upload", option, pipe);

        Assert.Equal((0, "SAB5013"), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains($"'{pipe}' can't be written: it is a named pipe", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(pipe).Length);
    }

    [Fact]
    public async Task Summary_and_outputs_can_go_to_the_null_device()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");

        var run = await bench.RunAsync("upload", "--summary", "/dev/null", "--outputs", "/dev/null");

        Assert.Equal((0, ""), (run.ExitCode, string.Join(' ', run.Codes)));
    }

    [Fact]
    public async Task A_full_device_costs_a_warning()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");

        var run = await bench.RunAsync("upload", "--summary", "/dev/full");

        Assert.Equal((0, "SAB5013"), (run.ExitCode, Assert.Single(run.Codes)));
    }

    [Fact]
    public async Task Outputs_can_go_to_standard_output()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        using var program = bench.Start(bench.Arguments("upload", "--quiet", "--outputs", "/dev/stdout"));

        var run = await program.EndAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("uploaded=2\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".twilio-cli/config.json", "SAB1020")]
    [InlineData(".microsoft/usersecrets/mine/secrets.json", "SAB1012")]
    public async Task Credentials_are_not_read_from_a_pipe(string path, string code)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        bench.Pipe(path);
        bench.Environment.Clear();
        bench.Environment["HOME"] = bench.Project;

        var run = await bench.RunAsync("upload", "--user-secrets-id", "mine");

        Assert.Equal((1, code), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains("it is a named pipe, not a regular file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_is_a_pipe_costs_a_warning()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        bench.Pipe("obj/serverless-assets/uploads.journal");

        var run = await bench.RunAsync("upload");

        Assert.Equal((0, "SAB5001"), (run.ExitCode, Assert.Single(run.Codes)));
    }

    [Theory]
    [InlineData("serverless-assets.json", "SAB1024")]
    [InlineData("assets/.serverlessignore", "SAB2019")]
    public async Task A_huge_file_is_not_read_into_memory(string path, string code)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        await CreateHugeFileAsync(bench.PathOf(path));

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, code), (run.ExitCode, Assert.Single(run.Codes)));
        Assert.Contains("larger than", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_manifest_is_moved_aside_and_replaced()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/index.html");
        var manifest = bench.PathOf("serverless-assets.manifest.json");
        await CreateHugeFileAsync(manifest);

        var run = await bench.RunAsync("upload");

        Assert.Equal((0, 0), (run.ExitCode, run.Codes.Count));
        Assert.InRange(new FileInfo(manifest).Length, 100, 10_000);
    }

    /// <summary>Creates a file of 4 GB that takes no space on the disk.</summary>
    private static async Task CreateHugeFileAsync(string path)
    {
        await using var file = File.Create(path);
        file.SetLength(4L * 1024 * 1024 * 1024);
    }
}
