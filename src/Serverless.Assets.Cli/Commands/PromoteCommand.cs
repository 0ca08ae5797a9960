using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets promote</c>.</summary>
internal static class PromoteCommand
{
    public static Command Create(CliConsole console)
    {
        var deploy = new DeploySettingsOptions();
        var from = new Option<string>("--from")
        {
            Description = "Environment whose live Build is taken",
            Required = true,
        };
        from.Validators.Add(Texts.RefuseEmpty("the name of an Environment"));
        var command = DeploymentCommand.Create(
            console,
            "promote",
            "Makes the Build that is live in one Environment live in another",
            [from, deploy.DomainSuffix],
            deploy,
            async call =>
            {
                var promoted = await call
                    .Pipeline.PromoteAsync(call.Settings, call.Values.GetValue(from)!, call.Cancellation)
                    .ConfigureAwait(false);
                return new CommandOutput(promoted, DeploymentOutput.From(promoted));
            }
        );
        return command.NeedsEnvironment();
    }
}
