using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets versions list</c>.</summary>
internal sealed class VersionsListCommand : ServiceCommand
{
    public VersionsListCommand(CliConsole console)
        : base(console, SettingCommands.VersionsList, "List the versions of an Asset, newest first")
    {
        SettingOptions.RequireAsset();
        SettingOptions.RejectInvalid(VersionSettings.VersionLimit);
        SettingOptions.RejectInvalid(VersionSettings.VersionPageSize);
    }

    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var listed = await new AssetVersionPipeline(context.Engine)
            .ListAsync(context.Settings, context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(
            listed,
            AssetVersionsOutput.From(listed),
            AssetVersionText.FormatTable(listed.Versions),
            AlwaysShown: true
        );
    }
}
