namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Errors and warnings as they are in a file, a pipe, and the logs of CI systems.</summary>
public sealed class ConsoleTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Theory]
    [InlineData(null)]
    [InlineData("GITHUB_ACTIONS")]
    [InlineData("TF_BUILD")]
    public async Task Errors_and_warnings_name_file_code_and_help_link(string? system)
    {
        var project = NewProject();
        var faulty = new FaultyProject(project, Feed);
        if (system is not null)
        {
            project.Environment(system, "true");
        }

        var (exitCode, output) = await project.RunPlainAsync("build", "-t:UploadServerlessAssets");

        Assert.Equal(1, exitCode);
        faulty.AssertShown(output, $" [{project.PathOf("Site.csproj")}]");
    }

    /// <summary>Azure Pipelines obeys <c>##vso[…]</c> anywhere in a line, and a file can have any name.</summary>
    [Fact]
    public async Task A_file_name_is_not_a_command_to_a_CI_system()
    {
        var project = NewProject()
            .Environment("TF_BUILD", "true")
            .File("assets/##vso[task.complete result=Succeeded].txt", "a");

        var (exitCode, output) = await project.RunPlainAsync("build", "-t:CollectServerlessAssets");

        Assert.Equal(1, exitCode);
        Assert.Contains("error SAB2008", output, StringComparison.Ordinal);
        Assert.DoesNotContain("##", output, StringComparison.Ordinal);
        Assert.Contains(
            @"#\u0023vso[task.complete result=Succeeded].txt(1): error SAB2008: ",
            output,
            StringComparison.Ordinal
        );
    }
}
