using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets rollback</c>.</summary>
internal static class RollbackCommand
{
    public static Command Create(CliConsole console)
    {
        var build = Texts.One("--build", "SID of the Build to go back to (default: the one that was live before)");
        build.Validators.Add(Texts.RefuseEmpty("the SID of a Build")); // else it would be the one before, which nobody asked for
        return DeploymentCommand.Create(
            console,
            "rollback",
            "Makes the Build that was live before live again, or a given one",
            [build],
            async call =>
            {
                var rolledBack = await call
                    .Pipeline.RollbackAsync(call.Settings, call.Values.GetValue(build), call.Cancellation)
                    .ConfigureAwait(false);
                return new CommandOutput(rolledBack, DeploymentOutput.From(rolledBack));
            }
        );
    }
}
