using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets build</c>.</summary>
internal sealed class BuildCommand(CliConsole console)
    : ServiceCommand(
        console,
        SettingCommands.Build,
        "Create a Build from the manifest and the deployed contents, without deploying it"
    )
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var built = await new DeploymentPipeline(context.Engine)
            .BuildAsync(context.Settings, context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(built, BuildOutput.From(built, context.Settings.Get(SettingTable.Environment)));
    }
}
