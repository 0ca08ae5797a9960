using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Tests;

/// <summary>Messages name settings as the command line has them.</summary>
public sealed class OptionNamesTests
{
    [Theory]
    [InlineData(
        "Set ServerlessAssetsServiceSid to its SID, or ServerlessAssetsServiceName to its name.",
        "Set --service-sid to its SID, or --service-name to its name."
    )]
    [InlineData("with ServerlessAssetsCreateService=true it is created", "with --create-service it is created")]
    [InlineData("set ServerlessAssetsPathCharacters=Dash to turn", "set --path-characters Dash to turn")]
    [InlineData("ServerlessAssetsApiBaseUrl 'x' is not an origin", "--api-base-url 'x' is not an origin")]
    [InlineData("again with --yes (ServerlessAssetsYes=true).", "again with --yes.")]
    [InlineData("Run VerifyServerlessAssets again", "Run serverless-assets verify again")]
    [InlineData(
        "Exclude it with ExcludePatterns or .serverlessignore.",
        "Exclude it with --exclude-patterns or .serverlessignore."
    )]
    [InlineData("Mend its AssetPath or PathPrefix.", "Mend its --path-prefix.")]
    [InlineData("Create it, or mend the Include of its ServerlessAssetFolder.", "Create it, or name another folder.")]
    [InlineData(
        "'ServerlessAssetsServiceSid.txt' can't be read by a Service's user",
        "'ServerlessAssetsServiceSid.txt' can't be read by a Service's user"
    )]
    [InlineData("it can't be; set ServerlessAssetsTimeout, and it's done", "it can't be; set --timeout, and it's done")]
    [InlineData("/src/ServerlessAssetsServiceSid/x.txt", "/src/ServerlessAssetsServiceSid/x.txt")]
    [InlineData("from Serverless.Assets.Build", "from Serverless.Assets.Build")]
    public void Properties_become_options(string message, string expected) =>
        Assert.Equal(expected, OptionNames.Translate(message));

    [Fact]
    public async Task An_error_names_the_options_and_no_property()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");

        var run = await bench.RunExactlyAsync(
            "plan",
            "--project",
            bench.Project,
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "error SAB1004: No Service to upload to. Set --service-sid to its ZS… SID, or --service-name to its unique name (with --create-service it is created when missing). https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md#sab1004",
            Assert.Single(run.ErrorLines)
        );
    }
}
