using Spectre.Console;

namespace Serverless.Assets.Cli.Output;

/// <summary>Standard error as what it is: a terminal with colors, one without, or a file.</summary>
internal static class ErrorConsole
{
    /// <param name="isTerminal">Whether a person sees it: else there are no colors and no control sequences, whatever the environment says.</param>
    /// <param name="canAsk">Whether that person can answer, too.</param>
    public static IAnsiConsole Create(
        IAnsiConsoleOutput output,
        bool isTerminal,
        bool canAsk,
        Func<string, string?> environment
    )
    {
        var isDumb =
            environment("TERM") is "dumb"
            || (!OperatingSystem.IsWindows() && string.IsNullOrEmpty(environment("TERM")));
        var hasColors = isTerminal && !isDumb && string.IsNullOrEmpty(environment("NO_COLOR"));
        return AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi =
                    !isTerminal || isDumb ? AnsiSupport.No
                    : OperatingSystem.IsWindows() ? AnsiSupport.Detect
                    : AnsiSupport.Yes,
                ColorSystem = hasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors, // the user's own palette; Spectre's detection refuses colors for an empty NO_COLOR too
                Interactive = canAsk ? InteractionSupport.Yes : InteractionSupport.No,
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false }, // they turn control sequences on in the log files of CI systems
                Out = output,
            }
        );
    }

    /// <summary>Whether what is drawn can be drawn again: nowhere but on a terminal, and not in the log of a CI system that pretends to be one.</summary>
    public static bool IsInteractive(IAnsiConsole console, bool isTerminal, Func<string, string?> environment) =>
        isTerminal && console.Profile.Capabilities.Ansi && !IsSet(environment("CI")) && !IsSet(environment("TF_BUILD"));

    private static bool IsSet(string? value) =>
        !string.IsNullOrEmpty(value) && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0";
}
