using System.CommandLine;
using System.CommandLine.Parsing;
using Serverless.Assets.Cli.Completion;

namespace Serverless.Assets.Cli.Commands;

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
