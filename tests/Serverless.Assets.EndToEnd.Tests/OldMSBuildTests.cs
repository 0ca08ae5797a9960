namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>An MSBuild that is too old, played by this one: what is needed is raised above it.</summary>
public sealed class OldMSBuildTests(PackageFeed feed) : EndToEndTest(feed)
{
    /// <summary>Loading the tasks would fail with another error: what is not there can't be loaded.</summary>
    private static readonly string[] TooOld =
    [
        "-p:_ServerlessAssetsMinimumMSBuild=99.0",
        "-p:ServerlessAssetsTasksAssembly=/not/there.dll",
    ];

    [Theory]
    [InlineData("publish")]
    [InlineData("publish", "-p:ServerlessAssetsDeployOn=Publish")]
    [InlineData("publish", "-p:ServerlessAssetsDeployOn=Publish", "-p:ServerlessAssetsUseManifest=true")]
    [InlineData("publish", "-p:ServerlessAssetsRequired=false")]
    [InlineData("build", "-p:ServerlessAssetsUploadOn=Build")]
    [InlineData("build", "-p:ServerlessAssetsGenerateConstants=true")]
    [InlineData("msbuild", "-restore", "-t:CollectServerlessAssets")]
    [InlineData("msbuild", "-restore", "-t:PlanServerlessAssets")]
    [InlineData("msbuild", "-restore", "-t:UploadServerlessAssets")]
    [InlineData("msbuild", "-restore", "-t:DeployServerlessAssets", "-p:ServerlessAssetsEmulator=true")]
    [InlineData("msbuild", "-restore", "-t:VerifyServerlessAssets")]
    [InlineData("msbuild", "-restore", "-t:RollbackServerlessAssets")]
    [InlineData("msbuild", "-restore", "-t:PruneServerlessAssets")]
    public async Task An_old_MSBuild_gets_one_error_with_the_required_version(string command, params string[] arguments)
    {
        var project = NewProject().Property("ServerlessAssetsServiceName", "site").File("assets/a.txt", "a");

        var result = (await project.RunAsync([command, .. arguments, .. TooOld])).Failed();

        var error = Assert.Single(result.Errors);
        Assert.Equal("SAB1010", error.Code);
        Assert.Matches(
            @"^Serverless\.Assets\.Build requires MSBuild 99\.0 \(\.NET SDK 10\.0\.100, Visual Studio 2026\) or later, but this is MSBuild 18\.[0-9]+\.[0-9]+\. Install a newer \.NET SDK, or select it in global\.json\.$",
            error.Text
        );
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Tasks);
    }

    [Fact]
    public async Task A_project_that_does_not_upload_builds_with_an_old_MSBuild()
    {
        var project = NewProject().File("assets/a.txt", "a");

        Assert.Empty((await project.BuildAsync(TooOld)).Succeeded().Tasks);
        Assert.Empty((await project.PublishAsync(["-p:ServerlessAssetsEnabled=false", .. TooOld])).Succeeded().Tasks);
        Assert.Empty((await project.CleanAsync(TooOld)).Succeeded().Tasks);
    }
}
