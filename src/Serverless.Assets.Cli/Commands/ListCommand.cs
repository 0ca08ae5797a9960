using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
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
        var list = await new MaintenancePipeline(context.Engine)
            .ListAsync(context.Settings, context.CancellationToken)
            .ConfigureAwait(false);
        var isSingle = context.Values.IsOnCommandLine(SettingTable.Environment);
        if (isSingle)
        {
            var name = context.Settings.Get(SettingTable.Environment);
            list = list with { Environments = [EnvironmentInfo.Find(list.Environments, name)] };
        }

        return new CommandOutput(
            list,
            ListOutput.From(list, withContents: isSingle),
            ListText.Format(list, withContents: isSingle),
            AlwaysShown: true
        );
    }
}
