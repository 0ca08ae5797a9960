using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets promote</c>.</summary>
internal sealed class PromoteCommand : ServiceCommand
{
    public PromoteCommand(CliConsole console)
        : base(console, SettingCommands.Promote, "Deploy the Build of one Environment to another")
    {
        SettingOptions.Require(SettingTable.PromoteFrom, EnvironmentName);
        SettingOptions.Require(SettingTable.Environment, EnvironmentName);
    }

    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var promoted = await new ProjectPipeline(context.Engine)
            .PromoteAsync(context.Settings, context.CancellationToken)
            .ConfigureAwait(false);
        return CommandOutput.From<DeployResult>(promoted, deployment => DeploymentOutput.From(deployment!));
    }
}
