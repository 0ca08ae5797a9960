namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Restore, and what editors run in the background: never on the network, never more than the constants.
/// </summary>
public sealed class QuietCommandTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly Dictionary<string, int> Nothing = [];
    private static readonly Dictionary<string, int> Constants = new() { ["GenerateServerlessAssetConstants"] = 1 };

    /// <summary>What Visual Studio and C# Dev Kit set.</summary>
    private static readonly string[] DesignTime =
    [
        "-p:DesignTimeBuild=true",
        "-p:BuildingInsideVisualStudio=true",
        "-p:SkipCompilerExecution=true",
        "-p:ProvideCommandLineArgs=true",
        "-p:BuildProjectReferences=false",
    ];

    [Fact]
    public async Task Commands_that_need_no_upload_run_no_tasks_with_any_settings()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .File("assets/a.txt", "a")
            .Property("ServerlessAssetsUploadOn", "Build")
            .Property("ServerlessAssetsDeployOn", "Build");

        Assert.Equal(Nothing, (await project.RunAsync(["restore"])).Succeeded().Tasks);
        string[] targets =
        [
            "ResolvePackageAssets",
            "ResolveAssemblyReferencesDesignTime",
            "ResolvePackageDependenciesDesignTime",
            "Compile",
        ];
        foreach (var target in targets)
        {
            Assert.Equal(
                Nothing,
                (await project.RunAsync(["msbuild", $"-t:{target}", .. DesignTime])).Succeeded().Tasks
            );
        }

        Assert.Equal(
            Nothing,
            (await project.RunAsync(["msbuild", "-t:Build", "-p:DesignTimeBuild=true"])).Succeeded().Tasks
        );
        Assert.Equal(
            Constants,
            (
                await project.RunAsync([
                    "msbuild",
                    "-t:Compile",
                    "-p:ServerlessAssetsGenerateConstants=true",
                    .. DesignTime,
                ])
            )
                .Succeeded()
                .Tasks
        );

        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.False(Directory.Exists(project.PathOf("obj/serverless-assets")));
    }

    /// <summary>
    /// Wrong settings are for the build that uses them to tell: an editor would show them over and over.
    /// </summary>
    [Fact]
    public async Task They_do_not_mind_wrong_settings_or_a_service_that_is_not_there()
    {
        var project = NewProject()
            .File("assets/a.txt", "a")
            .Property("ServerlessAssetsServiceSid", "wrong")
            .Property("ServerlessAssetsApiBaseUrl", "http://127.0.0.1:1")
            .Property("ServerlessAssetsUploadOn", "Build")
            .Property("ServerlessAssetsEmulator", "neither");

        Assert.Equal(Nothing, (await project.RunAsync(["restore"])).Succeeded().Tasks);
        Assert.Equal(
            Nothing,
            (await project.RunAsync(["msbuild", "-t:Build", "-p:DesignTimeBuild=true"])).Succeeded().Tasks
        );
    }
}
