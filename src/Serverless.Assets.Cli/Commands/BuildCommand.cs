using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets build</c>.</summary>
internal static class BuildCommand
{
    public static Command Create(CliConsole console)
    {
        var deploy = new DeploySettingsOptions();
        return DeploymentCommand.Create(
            console,
            "build",
            "Makes the Build of the manifest over what is live; nothing live changes",
            [deploy.OtherAssets, deploy.Runtime],
            deploy,
            async call =>
            {
                var built = await call.Pipeline.BuildAsync(call.Settings, call.Cancellation).ConfigureAwait(false);
                return new CommandOutput(built, BuildOutput.From(built, call.Settings.Service.Environment));
            }
        );
    }
}
