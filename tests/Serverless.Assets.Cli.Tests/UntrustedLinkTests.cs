namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// Symbolic links can arrive with a pull request, as a config file can. At the places that the tool uses by default,
/// they must not lead out of the project.
/// </summary>
public sealed class UntrustedLinkTests
{
    private const string Manifest = "serverless-assets.manifest.json";
    private const string State = "obj/serverless-assets";

    public UntrustedLinkTests() =>
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );

    [Theory]
    [InlineData(Manifest)]
    [InlineData(Manifest + ".previous")]
    [InlineData("serverless-assets.build.json")]
    [InlineData("serverless-assets.deployment.json")]
    [InlineData(State + "/uploads.journal")]
    [InlineData(State + "/uploads.journal.lock")]
    public async Task A_file_that_the_tool_writes_by_default_is_not_one_outside_the_project(string file)
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        foreach (var exists in (bool[])[true, false])
        {
            var victim = exists ? outside.Write("victim.txt", "precious") : outside["new.txt"];
            Link(bench, file, victim);
            foreach (var command in (string[])["upload", "deploy"])
            {
                await RefusesAsync(bench, bench.PathOf(file), victim, command);
            }
        }

        Assert.Equal(["victim.txt"], outside.Files());
        Assert.Equal("precious", await File.ReadAllTextAsync(outside["victim.txt"], Workbench.Token));
    }

    [Theory]
    [InlineData("obj")]
    [InlineData(State)]
    public async Task A_folder_that_the_tool_writes_to_by_default_is_not_outside_the_project(string folder)
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        Link(bench, folder, outside.Path);

        var target = folder == State ? outside.Path : outside["serverless-assets"];
        await RefusesAsync(bench, bench.PathOf(State), target, "upload");

        Assert.Empty(Directory.EnumerateFileSystemEntries(outside.Path));
    }

    [Theory]
    [InlineData(State + "/emulator")]
    [InlineData(State + "/emulator/emulator.db")]
    [InlineData(State + "/emulator/emulator.json")]
    [InlineData(State + "/emulator/content")]
    public async Task The_data_of_the_emulator_is_not_outside_the_project(string path)
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        var victim = outside.Folder("data");
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(victim);
        Link(bench, path, victim);

        var run = await bench.RunExactlyAsync("upload", "--project", bench.Project, "--emulator");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1037"], run.Codes);
        Assert.Equal(mode, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(victim));
        Assert.Empty(Directory.EnumerateFileSystemEntries(victim));
    }

    [Fact]
    public async Task The_manifest_is_not_in_the_folder_of_git()
    {
        await using var bench = await StartAsync();
        bench.Write(".git/hooks/sample", "x");
        Link(bench, Manifest, ".git/hooks/post-checkout");

        await RefusesAsync(bench, bench.ManifestPath, bench.PathOf(".git/hooks/post-checkout"), "upload");
    }

    [Fact]
    public async Task A_config_file_cannot_name_a_folder_of_links()
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        bench.Write("serverless-assets.json", """{ "manifest": "out/m.json", "statePath": "state" }""");
        Link(bench, "out/m.json.previous", outside["a"]);
        Link(bench, "state/uploads.journal", outside["b"]);

        var run = await bench.RunAsync("upload");

        Assert.Equal(["SAB1037", "SAB1037"], run.Codes);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task Links_inside_the_project_and_paths_on_the_command_line_are_followed()
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        bench.Write("kept/m.json", "");
        Link(bench, Manifest, "kept/m.json");
        File.Delete(bench.PathOf("kept/m.json"));
        Assert.Equal(0, (await bench.RunAsync("upload")).ExitCode);
        Assert.True(File.Exists(bench.PathOf("kept/m.json")));

        File.Delete(bench.ManifestPath);
        Link(bench, Manifest, outside["m.json"]);
        Link(bench, State + "2", outside.Path);
        var run = await bench.RunAsync("upload", "--manifest", Manifest, "--state-path", State + "2");

        Assert.Equal((0, ""), (run.ExitCode, string.Concat(run.Codes)));
        Assert.Contains("m.json", outside.Files());
        Assert.Contains("uploads.journal", outside.Files());
        Assert.NotNull(new FileInfo(bench.ManifestPath).LinkTarget);
    }

    [Fact]
    public async Task A_file_beside_a_path_on_the_command_line_is_not_a_link_to_elsewhere()
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        Link(bench, Manifest + ".previous", outside["victim"]);

        var run = await bench.RunAsync("upload", "--manifest", Manifest);

        Assert.Equal(["SAB1037"], run.Codes);
    }

    [Fact]
    public async Task A_project_behind_a_link_works()
    {
        await using var bench = await StartAsync();
        using var outside = new TempFolder();
        var link = outside.LinkToFolder("site", bench.Project);

        foreach (var command in (string[])["upload", "deploy"])
        {
            var run = await bench.RunExactlyAsync([
                .. bench.Arguments(command).Select(argument => argument == bench.Project ? link : argument),
            ]);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }

    [Theory]
    [InlineData("assets", "plan")]
    [InlineData("static", "upload")]
    public async Task A_folder_that_is_collected_by_default_is_not_outside_the_project(string folder, string command)
    {
        await using var bench = await Workbench.StartAsync();
        using var outside = new TempFolder();
        outside.Write("secret.txt", "secret of the machine");
        Link(bench, folder, outside.Path);

        var run = await bench.RunAsync(command);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB2035"], run.Codes);
        Assert.Contains($"'{bench.PathOf(folder)}'", run.Error, StringComparison.Ordinal);
        Assert.Contains($"'{outside.Path}'", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());

        Assert.Equal(0, (await bench.RunAsync(command, folder)).ExitCode);
    }

    private static async Task<Workbench> StartAsync()
    {
        var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        return bench;
    }

    private static async Task RefusesAsync(Workbench bench, string link, string target, string command)
    {
        var run = await bench.RunAsync(command);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1037"], run.Codes);
        Assert.Contains($"'{link}'", run.Error, StringComparison.Ordinal);
        Assert.Contains($"'{target}'", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    private static void Link(Workbench bench, string path, string target)
    {
        var link = bench.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }
}
