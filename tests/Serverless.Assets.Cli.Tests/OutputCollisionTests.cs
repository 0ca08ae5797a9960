namespace Serverless.Assets.Cli.Tests;

/// <summary>No output replaces another one, or a file that the run reads.</summary>
public sealed class OutputCollisionTests
{
    [Theory]
    [InlineData("--report", "serverless-assets.manifest.json", "--report is '{0}', which is also --manifest.")]
    [InlineData("--summary", "./serverless-assets.manifest.json", "--summary is '{0}', which is also --manifest.")]
    [InlineData("--report", "serverless-assets.manifest.json.previous", "which is the previous manifest.")]
    [InlineData("--outputs", "serverless-assets.build.json", "which is a result file next to the manifest.")]
    [InlineData("--outputs", "serverless-assets.deployment.json", "which is a result file next to the manifest.")]
    [InlineData("--manifest", "serverless-assets.json", "--manifest is '{0}', which is the config file.")]
    [InlineData("--report", "sub/../serverless-assets.json", "--report is '{0}', which is the config file.")]
    [InlineData("--manifest", "obj/serverless-assets/uploads.journal", "the upload state.")]
    public async Task A_path_that_is_in_use_is_an_error_and_the_file_stays(string option, string path, string message)
    {
        await using var bench = await StartAsync();
        bench.Write("serverless-assets.json", "{}");
        var file = Path.GetFullPath(path, bench.Project);
        var content = path.EndsWith("assets.json", StringComparison.Ordinal) ? "{}" : "precious";
        bench.Write(Path.GetRelativePath(bench.Project, file), content);

        foreach (var command in (string[])["upload", "plan", "deploy", "list"])
        {
            if (command == "list" && option is "--manifest")
            {
                continue;
            }

            var run = await bench.RunAsync(command, option, path);

            Assert.Equal((1, ""), (run.ExitCode, run.Out));
            Assert.Equal([message.Contains("also", StringComparison.Ordinal) ? "SAB1038" : "SAB1039"], run.Codes);
            Assert.Contains(string.Format(null, message, file), run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(content, await File.ReadAllTextAsync(file, Workbench.Token));
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task Two_settings_on_one_path_are_named()
    {
        await using var bench = await StartAsync();

        var run = await bench.RunAsync(
            "upload",
            "--manifest",
            "m.json",
            "--outputs",
            "m.json",
            "--report",
            "r.html",
            "--summary",
            "x/../r.html"
        );

        Assert.Equal(["SAB1038", "SAB1038"], run.Codes);
        Assert.Contains("--summary is ", run.Error, StringComparison.Ordinal);
        Assert.Contains("which is also --report.", run.Error, StringComparison.Ordinal);
        Assert.Contains("--outputs is ", run.Error, StringComparison.Ordinal);
        Assert.Contains("which is also --manifest.", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task A_link_to_the_manifest_is_the_manifest()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        await using var bench = await StartAsync();
        bench.Write("m.json", "precious");
        File.CreateSymbolicLink(bench.PathOf("r.html"), "m.json");

        Assert.Equal(["SAB1038"], (await bench.RunAsync("upload", "--manifest", "m.json", "--report", "r.html")).Codes);
    }

    [Theory]
    [InlineData("manifest", "serverless-assets.json", "which is the config file.")]
    [InlineData("report", "serverless-assets.json", "which is the config file.")]
    [InlineData("report", ".git/hooks/x", "which is in the folder .git")]
    [InlineData("outputs", "sub/.GIT/config", "which is in the folder .git")]
    [InlineData("summary", ".git", "which is in the folder .git")]
    [InlineData("manifest", ".git/m.json", "which is in the folder .git")]
    [InlineData("statePath", ".git/state", "which is in the folder .git")]
    [InlineData("emulatorData", ".git", "which is in the folder .git")]
    public async Task A_config_file_names_neither_itself_nor_the_folder_of_git(string key, string path, string message)
    {
        await using var bench = await StartAsync();
        bench.Write("serverless-assets.json", $$"""{ "{{key}}": "{{path}}" }""");

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal("SAB1039", Assert.Single(run.Codes.Distinct()));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(bench.PathOf(".git")));
        Assert.StartsWith("{", await File.ReadAllTextAsync(bench.PathOf("serverless-assets.json"), Workbench.Token));
    }

    [Fact]
    public async Task Several_outputs_can_go_to_one_device()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other devices.");
        await using var bench = await StartAsync();

        var run = await bench.RunAsync("upload", "--summary", "/dev/null", "--outputs", "/dev/null");

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static async Task<Workbench> StartAsync()
    {
        var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        return bench;
    }
}
