using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets list</c>.</summary>
internal sealed class ListCommand(CliConsole console)
    : ServiceCommand(
        console,
        SettingCommands.List,
        "Show what is deployed in each Environment, or the contents of a single one"
    )
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var isSingle = context.Values.IsOnCommandLine(SettingTable.Environment);
        var environment = isSingle ? context.Settings.Get(SettingTable.Environment) : null;
        var list = await new MaintenancePipeline(context.Engine)
            .ListAsync(context.Settings, environment, context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(
            list,
            ListOutput.From(list, withContents: isSingle),
            ListText.Format(list, withContents: isSingle),
            AlwaysShown: true
        );
    }
}
