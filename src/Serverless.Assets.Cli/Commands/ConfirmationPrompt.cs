using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Spectre.Console;

namespace Serverless.Assets.Cli.Commands;

/// <summary>Shows what a command would delete, and asks for confirmation unless <c>--yes</c> is given.</summary>
internal static class ConfirmationPrompt
{
    /// <param name="lines">What would be deleted.</param>
    public static void Show(CommandContext context, IEnumerable<SanitizedText> lines)
    {
        foreach (var line in lines)
        {
            if (context.Settings.Get(SettingTable.Yes))
            {
                context.Logger.Log(LogLevel.Summary, line);
            }
            else
            {
                context.Logger.WriteAlways(line);
            }
        }
    }

    /// <param name="question">Asked only if a person can answer it.</param>
    public static async Task<bool> GetAsync(CliConsole console, CommandContext context, string question) =>
        context.Settings.Get(SettingTable.Yes)
        || (
            console.Error.Profile.Capabilities.Interactive
            && await new Spectre.Console.ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }
                .ShowAsync(console.Error, context.CancellationToken)
                .ConfigureAwait(false)
        );
}
