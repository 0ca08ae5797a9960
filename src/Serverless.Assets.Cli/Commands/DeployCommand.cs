using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets deploy</c>.</summary>
internal sealed class DeployCommand(CliConsole console)
    : ServiceCommand(console, SettingCommands.Deploy, "Deploy the assets of the manifest to an Environment")
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var deployed = await new ProjectPipeline(context.Engine)
            .DeployAsync(context.Settings, prepared: null, context.CancellationToken)
            .ConfigureAwait(false);
        return CommandOutput.From<DeployResult>(deployed, deployment => DeploymentOutput.From(deployment!));
    }
}
