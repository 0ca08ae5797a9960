namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>C# constants of the asset paths, made before the compiler runs.</summary>
public sealed class ConstantsTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const string Program =
        """System.Console.WriteLine(Voice.App.Assets.Audio.HoldMusicMp3 + " " + Voice.App.Assets.NamesJson);""";

    [Fact]
    public async Task A_program_refers_to_its_hold_music_without_a_string_and_no_network_is_needed()
    {
        var project = NewProject()
            .Property("OutputType", "Exe")
            .Property("RootNamespace", "Voice.App")
            .Property("ServerlessAssetsGenerateConstants", "true")
            .File("Program.cs", Program)
            .File("assets/audio/hold-music.mp3", "music")
            .File("assets/names.private.json", "{}");

        var built = (await project.BuildAsync()).Succeeded();

        Assert.Equal(new Dictionary<string, int> { ["GenerateServerlessAssetConstants"] = 1 }, built.Tasks);
        Assert.Empty(built.Warnings);
        Assert.Equal("/audio/hold-music.mp3 /names.json", await RunAsync(project.PathOf("bin/Debug/net10.0/Site.dll")));

        // A second build compiles nothing. If the asset is deleted, the compiler reports what refers to it.
        var generated = new FileInfo(project.PathOf("obj/Debug/net10.0/ServerlessAssets.g.cs"));
        var written = generated.LastWriteTimeUtc;
        (await project.BuildAsync()).Succeeded();
        generated.Refresh();
        Assert.Equal(written, generated.LastWriteTimeUtc);

        File.Delete(project.PathOf("assets/audio/hold-music.mp3"));
        var failed = (await project.BuildAsync()).Failed();
        Assert.Equal(["CS0117"], failed.Errors.Select(error => error.Code));
    }

    [Fact]
    public async Task Files_that_the_package_writes_have_no_constants()
    {
        var project = NewProject()
            .Property("ServerlessAssetsGenerateConstants", "true")
            .Property("ServerlessAssetsUploadOn", "None")
            .Property("ServerlessAssetsManifestPath", "assets/m.json")
            .Property("ServerlessAssetsReportPath", "assets/report.html")
            .Property("ServerlessAssetsSummaryPath", "assets/summary.md")
            .Property("ServerlessAssetsOutputsPath", "assets/outputs.txt")
            .Property("ServerlessAssetsStatePath", "assets/state")
            .Property("ServerlessAssetsEmulatorData", "assets/data")
            .File("assets/a.txt", "a");
        string[] written = ["m.json", "report.html", "summary.md", "outputs.txt", "state/x.txt", "data/x.txt"];
        foreach (var file in written)
        {
            project.File($"assets/{file}", "x");
        }

        (await project.BuildAsync()).Succeeded();

        var source = await File.ReadAllTextAsync(
            project.PathOf("obj/Debug/net10.0/ServerlessAssets.g.cs"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("\"/a.txt\"", source, StringComparison.Ordinal);
        Assert.All(written, file => Assert.DoesNotContain($"\"/{file}\"", source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_of_any_names_and_a_project_of_any_name_compile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow such names.");
        var project = NewProject("2024-event")
            .Property("ServerlessAssetsGenerateConstants", "true")
            .Property("ServerlessAssetsConstantsClass", "class")
            .Property("ServerlessAssetsUploadOn", "None")
            .Property("EnableDefaultItems", "false") // Its globs fail on some of the names.
            .Property("GenerateDocumentationFile", "true")
            .Property("TreatWarningsAsErrors", "true");
        foreach (
            var name in (string[])
                ["a\nb", "c&d", "<c>", "\"q\"", "back\\slash", "line\u2028\u0085", "*/", "class", "😀"]
        )
        {
            project.File($"assets/{name}.txt", "x").File($"assets/{name}/{name}", "x");
        }

        var built = (await project.BuildAsync()).Succeeded();

        Assert.Empty(built.Warnings);
        var source = await File.ReadAllTextAsync(
            project.PathOf("obj/Debug/net10.0/ServerlessAssets.g.cs"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("namespace _2024_event;", source, StringComparison.Ordinal);
        Assert.Contains("class @class", source, StringComparison.Ordinal);
        Assert.Contains(""" = "/a\u000ab/a\u000ab";""", source, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string assembly)
    {
        using var program = ChildProcess.Start(DotNet.Host, [assembly], Path.GetDirectoryName(assembly)!);
        return (await program.EndAsync()).Out.Trim();
    }
}
