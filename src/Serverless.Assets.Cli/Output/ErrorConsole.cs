using Spectre.Console;

namespace Serverless.Assets.Cli.Output;

/// <summary>Creates the console for standard error: a terminal with or without colors, or a file.</summary>
internal static class ErrorConsole
{
    /// <param name="isTerminal">
    /// If false, the console writes no colors or control sequences, regardless of the environment.
    /// </param>
    /// <param name="canAsk">Whether a person can answer questions.</param>
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
                // Standard uses the user's palette. Spectre's detection would disable colors even if NO_COLOR is empty.
                ColorSystem = hasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = canAsk ? InteractionSupport.Yes : InteractionSupport.No,
                // The default enrichers enable control sequences in the logs of CI systems.
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
                Out = output,
            }
        );
    }

    /// <summary>Whether lines can be redrawn: only on a terminal, and not in a CI system, which writes a log.</summary>
    public static bool IsInteractive(IAnsiConsole console, bool isTerminal, Func<string, string?> environment) =>
        isTerminal && console.Profile.Capabilities.Ansi && !IsSet(environment("CI")) && !IsSet(environment("TF_BUILD"));

    private static bool IsSet(string? value) =>
        !string.IsNullOrEmpty(value) && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0";
}
