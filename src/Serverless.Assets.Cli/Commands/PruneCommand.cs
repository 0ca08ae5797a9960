using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets prune</c>.</summary>
internal sealed class PruneCommand(CliConsole console)
    : DeploymentCommand(
        console,
        SettingCommands.Prune,
        "Delete the Assets that no deployed Build contains and the manifest does not list"
    )
{
    protected override async Task<CommandOutput> RunAsync(DeploymentPipeline pipeline, CommandContext context)
    {
        var result = await pipeline
            .PruneAsync(context.Settings, assets => Confirm(context, assets), context.CancellationToken)
            .ConfigureAwait(false);
        return new CommandOutput(
            result.Assets.Count == 0
                ? "Every Asset is in use: nothing to delete"
                : $"{result.Assets.Count} Assets deleted",
            PruneOutput.Of(result.Assets, result.IsDeleted).ToJson()
        );
    }

    private bool Confirm(CommandContext context, IReadOnlyList<(string Name, string Sid)> assets)
    {
        var isConfirmed = ConfirmationPrompt.Get(
            Console,
            context,
            assets.Select(asset => (SanitizedText)$"  unused  {asset.Sid}  {asset.Name}"),
            $"Delete these {assets.Count} Assets for good?"
        );
        if (!isConfirmed && context.IsJson)
        {
            // A script reads what would be deleted before it runs again with --yes.
            Console.Out.WriteLine(PruneOutput.Of(assets, isDeleted: false).ToJson());
        }

        return isConfirmed;
    }
}
