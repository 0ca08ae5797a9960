using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets prune</c>.</summary>
internal sealed class PruneCommand(CliConsole console)
    : ServiceCommand(
        console,
        SettingCommands.Prune,
        "Delete the Assets that no deployed Build contains and the manifest does not list"
    )
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        try
        {
            var result = await new MaintenancePipeline(context.Engine)
                .PruneAsync(
                    context.Settings,
                    unused =>
                        ConfirmationPrompt.GetAsync(
                            Console,
                            context,
                            unused.Lines,
                            $"Permanently delete {Quantity.Format(unused.Assets.Count, "unused Asset")}?"
                        ),
                    context.CancellationToken
                )
                .ConfigureAwait(false);
            return new CommandOutput(result, PruneOutput.From(result));
        }
        catch (AssetException refused) when (context.IsJson && refused.PartialResult is PruneResult unused)
        {
            // Lets a script read what would be deleted before it runs the command again with --yes.
            var run = new RunResult().With(RunFailure.From(refused, context.CancellationToken));
            await Console
                .Out.WriteLineAsync(PruneOutput.From(unused).ToJson(RunOutcome.From(run)))
                .ConfigureAwait(false);
            throw;
        }
    }
}
