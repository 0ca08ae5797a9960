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
        var isSingle = context.Values.IsOnCommandLine(SettingTable.Environment);
        var environment = isSingle ? context.Settings.Get(SettingTable.Environment) : null;
        var list = await new ProjectPipeline(context.Engine)
            .ListAsync(context.Settings, environment, context.CancellationToken)
            .ConfigureAwait(false);
        return CommandOutput.From<ListResult>(
            list,
            service => ListOutput.From(service!, withContents: isSingle),
            service => ListText.Format(service, withContents: isSingle),
            alwaysShown: true
        );
    }
}
