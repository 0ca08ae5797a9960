using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>A command that connects to the service, or to an emulator that runs as long as the command.</summary>
internal abstract class ServiceCommand(CliConsole console, SettingCommands command, string description)
    : SettingsCommand(console, command, description)
{
    /// <summary>The expected value in error messages, if the Environment must be named.</summary>
    protected const string EnvironmentName = "the name of an Environment";

    protected sealed override Task<CommandOutput> RunAsync(CommandContext context) =>
        EmulatorSession.RunAsync(context, settings => RunOnServiceAsync(context with { Settings = settings }));

    protected abstract Task<CommandOutput> RunOnServiceAsync(CommandContext context);
}
