using Serverless.Assets.Cli.Output;
using Serverless.Assets.Diagnostics;
using Spectre.Console;

namespace Serverless.Assets.Cli.Commands;

/// <summary>
/// Shows what would be lost, and asks for it: <c>--yes</c> is the answer where nobody is there to ask.
/// </summary>
internal static class ConfirmationPrompt
{
    /// <param name="lines">What would go.</param>
    /// <param name="question">For a person at a terminal.</param>
    public static bool Get(
        CliConsole console,
        ConsoleLogger logger,
        bool isGiven,
        IEnumerable<SanitizedText> lines,
        string question,
        CancellationToken cancellationToken
    )
    {
        foreach (var line in lines)
        {
            if (isGiven)
            {
                logger.Log(LogLevel.Summary, line);
            }
            else
            {
                logger.Show(line);
            }
        }

        if (isGiven)
        {
            return true;
        }

        return console.Error.Profile.Capabilities.Interactive
            && new Spectre.Console.ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }
                .ShowAsync(console.Error, cancellationToken)
                .GetAwaiter()
                .GetResult();
    }
}
