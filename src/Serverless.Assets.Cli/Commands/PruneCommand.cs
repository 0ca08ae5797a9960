using System.CommandLine;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets prune</c>.</summary>
internal static class PruneCommand
{
    public static Command Create(CliConsole console)
    {
        var yes = new Option<bool>("--yes")
        {
            Description = "Delete them; without it they are shown, and a person at a terminal is asked",
        };
        return DeploymentCommand.Create(
            console,
            "prune",
            "Deletes the Assets that nothing live holds and the manifest does not name",
            [yes],
            async call =>
            {
                try
                {
                    var result = await call
                        .Pipeline.PruneAsync(
                            call.Settings,
                            unused =>
                                ConfirmationPrompt.Get(
                                    console,
                                    call.Logger,
                                    call.Values.GetValue(yes),
                                    unused.Lines,
                                    $"Delete these {unused.Assets.Count} Assets for good?",
                                    call.Cancellation
                                ),
                            call.Cancellation
                        )
                        .ConfigureAwait(false);
                    return new CommandOutput(result, PruneOutput.From(result));
                }
                catch (AssetException refused) when (call.IsJson && refused.PartialResult is PruneResult unused)
                {
                    // A script reads what would be deleted before it runs again with --yes.
                    var run = new RunResult().With(RunFailure.From(refused, call.Cancellation));
                    await console
                        .Out.WriteLineAsync(PruneOutput.From(unused).ToJson(RunOutcome.From(run)))
                        .ConfigureAwait(false);
                    throw;
                }
            }
        );
    }
}
