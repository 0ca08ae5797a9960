using Serverless.Assets.Cli.Output;
using Serverless.Assets.Deployment;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets prune</c>.</summary>
internal sealed class PruneCommand(CliConsole console)
    : ServiceCommand(
        console,
        SettingCommands.Prune,
        "Delete the Assets that no deployed Build contains and the manifest does not list, or abandoned previews"
    )
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        PruneResult? found = null;
        try
        {
            var result = await new ProjectPipeline(context.Engine)
                .PruneAsync(
                    context.Settings,
                    new PrunePrompt(
                        unused =>
                        {
                            found = unused;
                            ConfirmationPrompt.Show(context, unused.Lines);
                        },
                        unused =>
                            ConfirmationPrompt.GetAsync(
                                Console,
                                context,
                                $"Permanently delete {unused.Quantity}{DescribeService(context, unused)}?"
                            )
                    ),
                    context.CancellationToken
                )
                .ConfigureAwait(false);
            return ToOutput(result);
        }
        catch (Exception exception) when (context.IsJson && found is not null)
        {
            // Lets a script read what was deleted, or what would be deleted if it runs the command again with --yes.
            var run = new RunResult().With(RunFailure.From(exception, context.CancellationToken));
            var deleted = run.Operations.Count > 0 ? run.Operations[^1] : found;
            await Console.Out.WriteLineAsync(ToOutput(deleted).Json.ToJson(RunOutcome.From(run))).ConfigureAwait(false);
            throw;
        }
    }

    private static CommandOutput ToOutput(OperationResult result) =>
        CommandOutput.From<PruneResult>(result, PruneOutput.From);

    private static string DescribeService(CommandContext context, PruneResult unused) =>
        context.Settings.IsGiven(SettingTable.ServiceRules) ? $" of Service {unused.ServiceSid}" : $"";
}
