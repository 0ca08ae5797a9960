using System.CommandLine;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets prune</c>.</summary>
internal static class PruneCommand
{
    public static Command Create(CliConsole console)
    {
        var yes = new Option<bool>("--yes")
        {
            Description = "Delete them; without it they are shown, and a person at a terminal is asked",
        };
        return DeploymentCommand.Create(
            console,
            "prune",
            "Deletes the Assets that nothing live holds and the manifest does not name",
            [yes],
            async call =>
            {
                var result = await call
                    .Pipeline.PruneAsync(
                        call.Settings,
                        assets => MayGo(console, call, assets, call.Values.GetValue(yes)),
                        call.Cancellation
                    )
                    .ConfigureAwait(false);
                return new CommandOutput(
                    result.Assets.Count == 0
                        ? "Every Asset is in use: nothing to delete"
                        : $"{result.Assets.Count} Assets deleted",
                    PruneOutput.Of(result.Assets, result.IsDeleted).ToJson()
                );
            }
        );
    }

    private static bool MayGo(
        CliConsole console,
        DeploymentCommandContext call,
        IReadOnlyList<(string Name, string Sid)> assets,
        bool isGiven
    )
    {
        var lines = assets.Select(asset => (SanitizedText)$"  unused  {asset.Sid}  {asset.Name}");
        var mayGo = ConfirmationPrompt.Get(
            console,
            call.Logger,
            isGiven,
            lines,
            $"Delete these {assets.Count} Assets for good?",
            call.Cancellation
        );
        if (!mayGo && call.IsJson)
        {
            console.Out.WriteLine(PruneOutput.Of(assets, isDeleted: false).ToJson()); // what a script asks for before it says --yes
        }

        return mayGo;
    }
}
