using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>A command that works on Builds and Environments: it reads no local files but the manifest.</summary>
internal abstract class DeploymentCommand(CliConsole console, SettingCommands command, string description)
    : SettingsCommand(console, command, description)
{
    /// <summary>What an Environment that must be named needs, for error messages.</summary>
    protected const string EnvironmentName = "the name of an Environment";

    protected sealed override Task<CommandOutput> RunAsync(CommandContext context) =>
        LocalEmulator.UseAsync(
            context,
            settings => RunAsync(new DeploymentPipeline(context.Engine), context with { Settings = settings })
        );

    protected abstract Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context);
}
