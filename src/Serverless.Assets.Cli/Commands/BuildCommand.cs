using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets build</c>.</summary>
internal sealed class BuildCommand(CliConsole console)
    : DeploymentCommand(
        console,
        SettingCommands.Build,
        "Create a Build from the manifest and the deployed contents, without deploying it"
    )
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var built = await pipeline.BuildAsync(context.Settings, context.CancellationToken).ConfigureAwait(false);
        return new CommandOutput(built, BuildOutput.From(built, context.Settings.Get(SettingTable.Environment)));
    }
}
