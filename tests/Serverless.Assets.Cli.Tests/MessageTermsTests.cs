using Serverless.Assets.Cli.Tests.Support;

namespace Serverless.Assets.Cli.Tests;

/// <summary>Messages name settings by their options.</summary>
public sealed class MessageTermsTests
{
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
            bench.Service.Url,
            "--upload-base-url",
            bench.Service.Url
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "error SAB1004: No Service is specified. Set --service-sid to the SID of the Service (ZS…), or --service-name to its unique name (with --create-service to create the Service if it does not exist). https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md#sab1004",
            Assert.Single(run.ErrorLines)
        );
    }
}
