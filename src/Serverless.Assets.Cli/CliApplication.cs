using System.Collections.Frozen;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using Serverless.Assets.Cli.Commands;
using Serverless.Assets.Cli.Completion;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli;

/// <summary>The command line: its commands, and what happens if it can't be parsed.</summary>
internal static class CliApplication
{
    public static async Task<int> RunAsync(string[] args, CliConsole console)
    {
        SecretRedactor.AddEnvironment(console.GetEnvironmentVariable);
        var root = CreateRoot(console);

        // No response files: @types/** is a pattern.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                var message = parsed
                    .UnmatchedTokens.Where(token => token.StartsWith('-'))
                    .Aggregate(
                        error.Message,
                        (text, token) =>
                            text.Replace(token, OptionTokenGuard.WithoutValue(token), StringComparison.Ordinal)
                    );
                console.Error.Profile.Out.Writer.WriteLine(LogSanitizer.EscapeWhole(message));
            }

            var command = CommandPath.Get(parsed.CommandResult);
            console.Error.Profile.Out.Writer.WriteLine($"Try: {command} --help");
            return ExitCode.BadUsage;
        }

        var configuration = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
        };
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (AssetException failure) // of help and other texts that the parser writes; the commands catch their own
        {
            var logger = new ConsoleLogger(console.Error, Verbosity.Normal, FrozenSet<string>.Empty);
            foreach (var error in failure.Diagnostics)
            {
                logger.Error(error);
            }

            return ExitCode.Failed;
        }
    }

    /// <summary>All commands with their options.</summary>
    internal static RootCommand CreateRoot(CliConsole console)
    {
        var root = new RootCommand(
            "Upload the static files that changed to a Twilio Serverless Service, and deploy them."
        )
        {
            new PlanCommand(console),
            new UploadCommand(console),
            new BuildCommand(console),
            new DeployCommand(console),
            new VerifyCommand(console),
            new RollbackCommand(console),
            new PromoteCommand(console),
            new PruneCommand(console),
            new RemoveCommand(console),
            new ListCommand(console),
            new VersionsCommand(console),
            new MergeCommand(console),
            new EmulatorCommand(EmulatorSession.FindData),
            CompletionCommand.Create(console),
        };

        foreach (var command in root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command)))
        {
            OptionTokenGuard.AddTo(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new SuggestCommand(suggest);
        return root;
    }
}

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int Canceled = 130;
}
