using System.CommandLine;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliConsole console) =>
        DeploymentCommand.Create(
            console,
            "verify",
            "Fetches the site and compares it with the manifest",
            [],
            async call =>
            {
                var verified = await call.Pipeline.VerifyAsync(call.Settings, call.Cancellation).ConfigureAwait(false);
                return new CommandOutput(
                    verified,
                    new VerifyOutput(call.Settings.Service.Environment, verified.Assets)
                );
            }
        );
}
