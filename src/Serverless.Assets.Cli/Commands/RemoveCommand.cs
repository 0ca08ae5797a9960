using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets remove</c>.</summary>
internal sealed class RemoveCommand : ServiceCommand
{
    public RemoveCommand(CliConsole console)
        : base(console, SettingCommands.Remove, "Delete an Environment and its site, such as that of a pull request") =>
        SettingOptions.Require(SettingTable.Environment, EnvironmentName);

    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var environment = context.Settings.Get(SettingTable.Environment);
        var removed = await new ProjectPipeline(context.Engine)
            .RemoveEnvironmentAsync(
                context.Settings,
                domain =>
                {
                    ConfirmationPrompt.Show(context, [$"  Environment {environment}, site {domain}"]);
                    return ConfirmationPrompt.GetAsync(
                        Console,
                        context,
                        $"Permanently delete the Environment {environment} and its site {domain}?"
                    );
                },
                context.CancellationToken
            )
            .ConfigureAwait(false);
        return CommandOutput.From<RemoveResult>(
            removed,
            site => new RemoveOutput(environment, site!.Domain, Removed: site.Domain is not null)
        );
    }
}
