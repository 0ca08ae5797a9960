namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Which commands deploy, and which must not.</summary>
public sealed class DeployHookTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly Dictionary<string, int> OneOfEach = new()
    {
        ["CollectServerlessAssets"] = 1,
        ["UploadServerlessAssets"] = 1,
        ["BuildServerlessAssets"] = 1,
        ["DeployServerlessAssets"] = 1,
    };

    [Fact]
    public async Task A_Deployment_runs_once_and_only_where_it_is_requested()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).Property("ServerlessAssetsDeployOn", "Publish").File("assets/a.txt", "a");

        ConsumerBuild[] without =
        [
            await project.BuildAsync("-c", "Release"),
            await project.PublishAsync("--no-build", "-p:ServerlessAssetsEnabled=false"),
            await project.PublishAsync("--no-build", "-p:IsPublishable=false"),
            await project.BuildAsync(
                "-c",
                "Release",
                "--no-restore",
                "-p:ServerlessAssetsDeployOn=Build",
                "-p:DesignTimeBuild=true",
                "-t:Build"
            ),
            await project.PackAsync("--no-restore", "-p:ServerlessAssetsDeployOn=Build"),
        ];
        Assert.All(without, result => Assert.Empty(result.Succeeded().Tasks));
        Assert.Empty(await emulator.TakeRequestsAsync());

        // Whatever the upload's own hook is.
        Assert.Equal(OneOfEach, (await project.PublishAsync("--no-build")).Succeeded().Tasks);
        Assert.Equal(
            OneOfEach,
            (await project.PublishAsync("--no-build", "-p:ServerlessAssetsUploadOn=None")).Succeeded().Tasks
        );
        Assert.Equal(OneOfEach, (await project.PublishAsync("-p:ServerlessAssetsUploadOn=Build")).Succeeded().Tasks);
        Assert.Equal(OneOfEach, (await project.PublishAsync("-p:ServerlessAssetsDeployOn=Build")).Succeeded().Tasks);
        Assert.Equal(OneOfEach, (await project.BuildAsync("-p:ServerlessAssetsDeployOn=Build")).Succeeded().Tasks);
    }

    [Fact]
    public async Task All_invalid_switches_and_settings_are_reported_before_any_request()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).File("assets/a.txt", "a");

        var switches = Assert.Single(
            (
                await project.MSBuildAsync(
                    "Publish",
                    "-p:ServerlessAssetsDeployOn=Allways",
                    "-p:ServerlessAssetsOtherAssets=Drop",
                    "-p:ServerlessAssetsVerify=maybe",
                    "-p:ServerlessAssetsYes=y",
                    "-p:ServerlessAssetsUseManifest=1"
                )
            )
                .Failed()
                .Errors
        );
        Assert.Equal("SAB1009", switches.Code);
        Assert.Equal(
            "ServerlessAssetsDeployOn 'Allways' is not valid: expected Publish, Build or None. ServerlessAssetsOtherAssets 'Drop' is not valid: expected Keep, Remove or KeepFor. ServerlessAssetsVerify 'maybe' is not valid: expected true or false. ServerlessAssetsYes 'y' is not valid: expected true or false. ServerlessAssetsUseManifest '1' is not valid: expected true or false.",
            switches.Text
        );

        // With the files' own problems, and before the upload.
        project.File("assets/empty.txt", "");
        var errors = (
            await project.PublishAsync(
                "-p:ServerlessAssetsDeployOn=Publish",
                "-p:ServerlessAssetsEnvironment=a-name-that-is-too-long",
                "-p:ServerlessAssetsRuntime=java"
            )
        )
            .Failed()
            .Errors;
        Assert.Equal(
            ["SAB1009", "SAB1015", "SAB2013"],
            errors.Select(error => error.Code).Order(StringComparer.Ordinal)
        );
        Assert.Empty(await emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task Without_assets_a_publish_warns_and_deploys_nothing()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator).Property("ServerlessAssetsDeployOn", "Publish");

        var result = await project.PublishAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["SAB2018"], result.Warnings.Select(warning => warning.Code));
        Assert.Empty(result.Errors);
        Assert.Empty(await emulator.TakeRequestsAsync());
    }

    [Fact]
    public async Task Without_credentials_a_build_that_does_not_require_them_deploys_nothing()
    {
        var project = NewProject()
            .Property("ServerlessAssetsServiceName", "site")
            .Property("ServerlessAssetsRequired", "false")
            .Property("ServerlessAssetsDeployOn", "Publish")
            .File("assets/a.txt", "a");

        Assert.Equal(
            new Dictionary<string, int> { ["ProbeServerlessCredentials"] = 1 },
            (await project.PublishAsync()).Succeeded().Tasks
        );

        Assert.Equal(
            "SAB1001",
            Assert.Single((await project.MSBuildAsync("DeployServerlessAssets")).Failed().Errors).Code
        );
    }
}
