using Serverless.Assets.Cli.Output;
using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets list</c>.</summary>
internal sealed class ListCommand(CliConsole console)
    : DeploymentCommand(
        console,
        SettingCommands.List,
        "Show what is deployed in each Environment, or the contents of a single one"
    )
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var environments = await pipeline.ListAsync(context.Settings, context.CancellationToken).ConfigureAwait(false);
        var isSingle = context.Values.IsOnCommandLine(SettingTable.Environment);
        if (isSingle)
        {
            environments = [EnvironmentInfo.Find(environments, context.Settings.Get(SettingTable.Environment))];
        }

        return new CommandOutput(
            ListText.Format(environments, withContents: isSingle),
            ListOutput.Of(environments, withContents: isSingle).ToJson(),
            IsAnswer: true
        );
    }
}
