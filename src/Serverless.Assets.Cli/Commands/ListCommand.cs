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
                var list = await call.Pipeline.ListAsync(call.Settings, call.Cancellation).ConfigureAwait(false);
                if (call.NamesEnvironment)
                {
                    var environment = EnvironmentChoice.Of(list.Environments, call.Settings.Service.Environment);
                    list = list with { Environments = [environment] };
                }

                return new CommandOutput(
                    list,
                    ListOutput.From(list, withContents: call.NamesEnvironment),
                    ListText.Format(list, withContents: call.NamesEnvironment),
                    IsAnswer: true
                );
            }
        );
}
