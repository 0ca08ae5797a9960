using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets rollback</c>.</summary>
internal sealed class RollbackCommand : ServiceCommand
{
    public RollbackCommand(CliConsole console)
        : base(console, SettingCommands.Rollback, "Deploy the previous Build of an Environment, or a given one") =>
        // An empty value would otherwise mean the previous Build.
        SettingOptions.RejectEmpty(SettingTable.RollbackTo, "the SID of a Build");

    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var rolledBack = await new ProjectPipeline(context.Engine)
            .RollbackAsync(context.Settings, context.CancellationToken)
            .ConfigureAwait(false);
        return CommandOutput.From<DeployResult>(rolledBack, deployment => DeploymentOutput.From(deployment!));
    }
}
