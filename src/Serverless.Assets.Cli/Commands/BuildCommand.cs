using Serverless.Assets.Cli.Output;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets build</c>.</summary>
internal sealed class BuildCommand(CliConsole console)
    : ServiceCommand(
        console,
        SettingCommands.Build,
        "Create a Build from the manifest and the deployed contents, without deploying it"
    )
{
    protected override async Task<CommandOutput> RunOnServiceAsync(CommandContext context)
    {
        var built = await new ProjectPipeline(context.Engine)
            .BuildAsync(context.Settings, hasAssets: null, context.CancellationToken)
            .ConfigureAwait(false);
        var environment = context.Settings.Get(SettingTable.Environment);
        return CommandOutput.From<BuildResult>(built, build => BuildOutput.From(build!, environment));
    }
}
