using System.Text.Json;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// The tasks in MSBuild's task host, the separate process in which Visual Studio's MSBuild (.NET Framework) runs them.
/// </summary>
public sealed class TaskHostTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] Tasks =
    [
        "BuildServerlessAssets",
        "CollectServerlessAssets",
        "DeployServerlessAssets",
        "GenerateServerlessAssetConstants",
        "StartServerlessEmulator",
        "UploadServerlessAssets",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_from_the_constants_to_the_live_site_works_there(bool isForAllTasks)
    {
        var project = NewProject()
            .Property("ServerlessAssetsEmulator", "true")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .Property("ServerlessAssetsVerify", "true")
            .Property("ServerlessAssetsGenerateConstants", "true")
            .Property("ServerlessAssetsPathCharacters", "Dash")
            .File("assets/a.txt", "a")
            .File("assets/%41 ;b$(c).private.txt", "b")
            .ItemInclude("ServerlessAssetFolder", "assets", ("ExcludePatterns", "%25*"))
            .ItemInclude("ServerlessAsset", "assets/%2541 %3bb%24(c).private.txt", ("AssetPath", "/b.txt"))
            .File("Use.cs", "static class Use { public const string A = Site.Assets.ATxt; }")
            .Element(
                """<Target Name="Peek" AfterTargets="UploadServerlessAssets"><Copy SourceFiles="obj/serverless-assets/emulator/emulator.json" DestinationFiles="seen.json" /></Target>"""
            );
        if (isForAllTasks)
        {
            project.Environment("MSBUILDFORCEALLTASKSOUTOFPROC", "1");
        }
        else
        {
            InTaskHost(project);
        }

        var result = (await project.PublishAsync()).Succeeded();

        Assert.Equal(Tasks.ToDictionary(task => task, _ => 1), result.Tasks);
        Assert.Equal(Tasks, result.TasksInTaskHost);
        var manifest = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal(["/a.txt", "/b.txt"], manifest.Paths);
        Assert.Equal(["assets/a.txt", "assets/%41 ;b$(c).private.txt"], manifest.Assets.Select(asset => asset.File));

        // The emulator that the host started ended with the build, and keeps what it got.
        var seen = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(project.PathOf("seen.json")));
        Assert.Throws<ArgumentException>(() =>
            System.Diagnostics.Process.GetProcessById(seen.GetProperty("pid").GetInt32())
        );
        await using var emulator = await TestEmulator.OpenAsync(project.PathOf("obj/serverless-assets/emulator"));
        Assert.Equal("a", await emulator.GetTextAsync(manifest.AssetVersions[0]));
        Assert.Equal("b", await emulator.GetTextAsync(manifest.AssetVersions[1]));
        Assert.Equal("200 a", await emulator.VisitAsync((await emulator.GetLiveAsync()).Domain, "/a.txt"));
    }

    /// <summary>A user's own UsingTask comes first.</summary>
    internal static void InTaskHost(ConsumerProject project)
    {
        foreach (var task in Tasks)
        {
            project.Element(
                $"""
                <UsingTask TaskName="Serverless.Assets.Build.Tasks.{task}" AssemblyFile="$(ServerlessAssetsTasksAssembly)" TaskFactory="TaskHostFactory" Runtime="NET"
                           Condition="'$(ServerlessAssetsTasksAssembly)' != ''" />
                """
            );
        }
    }
}
