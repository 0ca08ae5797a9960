using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets deploy</c>.</summary>
internal static class DeployCommand
{
    public static Command Create(CliConsole console)
    {
        var deploy = new DeploySettingsOptions();
        return DeploymentCommand.Create(
            console,
            "deploy",
            "Makes what the manifest names live, and takes nothing else down",
            [deploy.DomainSuffix, deploy.OtherAssets, deploy.Runtime, deploy.Verify],
            deploy,
            async call =>
            {
                var deployed = await call
                    .Pipeline.DeployAsync(call.Settings, created: null, call.Cancellation)
                    .ConfigureAwait(false);
                return new CommandOutput(deployed, DeploymentOutput.From(deployed));
            }
        );
    }
}
