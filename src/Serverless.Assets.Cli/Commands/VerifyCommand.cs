using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets verify</c>.</summary>
internal sealed class VerifyCommand(CliConsole console)
    : DeploymentCommand(console, SettingCommands.Verify, "Fetch the site and compare it with the manifest")
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var verified = await pipeline.VerifyAsync(context.Settings, context.CancellationToken).ConfigureAwait(false);
        var environment = context.Settings.Get(SettingTable.Environment);
        return new CommandOutput(
            $"{environment}: {verified} assets are live as the manifest has them",
            new VerifyOutput(environment, verified).ToJson()
        );
    }
}
