using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets remove</c>.</summary>
internal static class RemoveCommand
{
    public static Command Create(CliConsole console)
    {
        var yes = new Option<bool>("--yes") { Description = "Delete it; without it a person at a terminal is asked" };
        return DeploymentCommand
            .Create(
                console,
                "remove",
                "Deletes an Environment and its site, such as a preview that is no longer needed",
                [yes],
                async call =>
                {
                    var environment = call.Settings.Service.Environment;
                    var removed = await call
                        .Pipeline.RemoveEnvironmentAsync(
                            call.Settings,
                            domain =>
                                ConfirmationPrompt.Get(
                                    console,
                                    call.Logger,
                                    call.Values.GetValue(yes),
                                    [$"  Environment {environment}, site {domain}"],
                                    $"Delete the Environment {environment} and its site {domain} for good?",
                                    call.Cancellation
                                ),
                            call.Cancellation
                        )
                        .ConfigureAwait(false);
                    return new CommandOutput(
                        removed,
                        new RemoveOutput(environment, removed.Domain, Removed: removed.Domain is not null)
                    );
                }
            )
            .NeedsEnvironment();
    }
}
