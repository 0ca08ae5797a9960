using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Spectre.Console;

namespace Serverless.Assets.Cli.Commands;

/// <summary>Shows what a command would delete, and asks for confirmation unless <c>--yes</c> is given.</summary>
internal static class ConfirmationPrompt
{
    /// <param name="lines">What would be deleted.</param>
    /// <param name="question">Asked only if a person can answer it.</param>
    public static async Task<bool> GetAsync(
        CliConsole console,
        CommandContext context,
        IEnumerable<SanitizedText> lines,
        string question
    )
    {
        var isConfirmed = context.Settings.Get(SettingTable.Yes);
        foreach (var line in lines)
        {
            if (isConfirmed)
            {
                context.Logger.Log(LogLevel.Summary, line);
            }
            else
            {
                context.Logger.WriteAlways(line);
            }
        }

        return isConfirmed
            || (
                console.Error.Profile.Capabilities.Interactive
                && await new Spectre.Console.ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }
                    .ShowAsync(console.Error, context.CancellationToken)
                    .ConfigureAwait(false)
            );
    }
}
