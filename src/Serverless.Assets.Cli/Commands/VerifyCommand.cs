using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets verify</c>.</summary>
internal sealed class VerifyCommand(CliConsole console)
    : ServiceCommand(console, SettingCommands.Verify, "Fetch the site and compare it with the manifest")
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var verified = await new ProjectPipeline(context.Engine)
            .VerifyAsync(context.Settings, context.CancellationToken)
            .ConfigureAwait(false);
        var environment = context.Settings.Get(SettingTable.Environment);
        return CommandOutput.From<VerifyResult>(verified, site => VerifyOutput.From(site!, environment));
    }
}
