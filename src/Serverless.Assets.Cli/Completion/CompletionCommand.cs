using System.CommandLine;
using System.CommandLine.Parsing;

namespace Serverless.Assets.Cli.Completion;

/// <summary><c>serverless-assets completion</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create(CliConsole console)
    {
        var shell = new Argument<string>("shell")
        {
            Description = $"One of {string.Join(", ", CompletionScript.Shells)}",
        };
        shell.CompletionSources.Add([.. CompletionScript.Shells]);
        shell.Validators.Add(RejectOthers);
        var command = new Command("completion", "Print a shell completion script");
        command.Arguments.Add(shell);
        command.SetAction(parsed => console.Out.Write(CompletionScript.Get(parsed.GetValue(shell)!)));
        return command;
    }

    private static void RejectOthers(ArgumentResult result)
    {
        foreach (
            var token in result.Tokens.Where(token =>
                !CompletionScript.Shells.Contains(token.Value, StringComparer.Ordinal)
            )
        )
        {
            result.AddError(
                $"'{token.Value}' is not valid: expected one of {string.Join(", ", CompletionScript.Shells)}."
            );
        }
    }
}

/// <summary>
/// The completion scripts of the shells. They call the program itself (<see cref="SuggestCommand"/>).
/// </summary>
internal static class CompletionScript
{
    public const string Program = "serverless-assets";

    /// <summary>Names of the shells.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <returns>
    /// The script, with <c>\n</c> line endings because shells treat a carriage return as part of a word.
    /// </returns>
    public static string Get(string shell)
    {
        using var stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"completion.{shell}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
