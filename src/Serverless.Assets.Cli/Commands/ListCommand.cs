using System.CommandLine;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(CliConsole console) =>
        DeploymentCommand.Create(
            console,
            "list",
            "Tells what is live in each Environment; of one that is named also its assets and functions",
            [],
            async call =>
            {
                var environments = await call
                    .Pipeline.ListAsync(call.Settings, call.Cancellation)
                    .ConfigureAwait(false);
                if (call.NamesEnvironment)
                {
                    environments = [EnvironmentChoice.Of(environments, call.Settings.Service.Environment)];
                }

                return new CommandOutput(
                    ListText.Format(environments, withContents: call.NamesEnvironment),
                    ListOutput.Of(environments, withContents: call.NamesEnvironment).ToJson(),
                    IsAnswer: true
                );
            }
        );
}
