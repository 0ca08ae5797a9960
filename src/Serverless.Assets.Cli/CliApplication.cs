using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Serverless.Assets.Cli.Commands;
using Serverless.Assets.Cli.Completion;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli;

/// <summary>The command line: the verbs, and what a mistake in it means.</summary>
internal static class CliApplication
{
    public static async Task<int> RunAsync(string[] args, CliConsole console)
    {
        var root = CreateRoot(console);

        // Without response files: @types/** is a pattern.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                console.Error.Profile.Out.Writer.WriteLine(LogSanitizer.EscapeWhole(error.Message));
            }

            console.Error.Profile.Out.Writer.WriteLine(
                $"Try: serverless-assets {string.Join(' ', parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name])} --help".Replace(
                    "  ",
                    " ",
                    StringComparison.Ordinal
                )
            );
            return ExitCode.BadUsage;
        }

        return await parsed
            .InvokeAsync(
                new InvocationConfiguration
                {
                    Output = console.Out,
                    Error = console.Error.Profile.Out.Writer,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>All verbs with their options.</summary>
    internal static RootCommand CreateRoot(CliConsole console)
    {
        var root = new RootCommand(
            "Uploads static files to a Twilio Serverless Service, only what changed, and makes them live."
        )
        {
            PlanCommand.Create(console),
            UploadCommand.Create(console),
            BuildCommand.Create(console),
            DeployCommand.Create(console),
            VerifyCommand.Create(console),
            RollbackCommand.Create(console),
            PromoteCommand.Create(console),
            PruneCommand.Create(console),
            RemoveCommand.Create(console),
            ListCommand.Create(console),
            MergeCommand.Create(console),
            new EmulatorCommand(),
            CompletionCommand.Create(console),
        };

        foreach (var verb in root.Subcommands)
        {
            OptionTokenGuard.RefuseIn(verb);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestCommand(suggest);
        return root;
    }
}
