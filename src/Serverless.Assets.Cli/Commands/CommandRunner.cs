using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Cli.Telemetry;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What all verbs share: the logger, how the result is printed, and what an exception means.</summary>
internal static class CommandRunner
{
    public static void SetAction(
        Command command,
        CliConsole console,
        ProjectOption project,
        OutputOptions output,
        Func<CommandContext, Task<CommandOutput>> work
    ) =>
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                // Ctrl+C is listened to as soon as the work is under way; what is done before the first wait would be cut off by it.
                await Task.Yield();
                var logger = output.Logger(parsed, new OptionValues(parsed, ConfigFile.None), console);
                OptionValues values;
                try
                {
                    values = project.Values(parsed, console);
                }
                catch (AssetException failure)
                {
                    return Fail(failure.Diagnostics, logger);
                }

                logger = output.Logger(parsed, values, console);
                return await TelemetryExport
                    .DuringAsync(
                        console.Environment,
                        logger,
                        () =>
                            RunAsync(
                                logger,
                                output.Reporter(values, project.Directory(parsed, console)),
                                async reporter =>
                                {
                                    var host = reporter is null
                                        ? console.CreateContext(logger)
                                        : console.CreateContext(new ReportingLogger(logger, reporter)) with
                                        {
                                            Observer = reporter.Observer,
                                        };
                                    var call = new CommandContext(
                                        values,
                                        project.Directory(parsed, console),
                                        host,
                                        logger,
                                        output.Json(parsed),
                                        cancellationToken
                                    );
                                    var result = await work(call).ConfigureAwait(false);
                                    reporter?.Add(result.Operation);
                                    var outcome = RunOutcome.From(result.Operation);
                                    if (call.IsJson)
                                    {
                                        await console
                                            .Out.WriteLineAsync(result.Json.ToJson(outcome))
                                            .ConfigureAwait(false);
                                    }
                                    else if (result.IsAnswer || output.Verbosity(parsed) > Verbosity.Quiet)
                                    {
                                        await console.Out.WriteLineAsync(result.ToText(outcome)).ConfigureAwait(false);
                                    }
                                },
                                cancellationToken
                            )
                    )
                    .ConfigureAwait(false);
            }
        );

    private static async Task<int> RunAsync(
        ConsoleLogger logger,
        RunReporter? reporter,
        Func<RunReporter?, Task> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await work(reporter).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (Exception exception) // the boundary of the program
        {
            var failure = RunFailure.From(exception, cancellationToken);
            reporter?.Add(failure);
            return failure.IsCancelled ? ExitCode.Cancelled : Fail(failure.Errors, logger);
        }
        finally
        {
            if (reporter is not null)
            {
                await reporter.PublishAsync(logger, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static int Fail(IEnumerable<Diagnostic> errors, ConsoleLogger logger)
    {
        foreach (var error in errors)
        {
            logger.Error(error);
        }

        return ExitCode.Failed;
    }
}
