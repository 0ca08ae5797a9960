using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Cli.Telemetry;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;

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
                                        : console.CreateContext(new ReportingLogger(logger, reporter.Recorder)) with
                                        {
                                            Recorder = reporter.Recorder,
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
                                    if (call.IsJson)
                                    {
                                        // A number sign is in strings only. Escaped, two of them are the same string, and no command of a CI system.
                                        await console
                                            .Out.WriteLineAsync(
                                                result.Json.Replace("##", "#\\u0023", StringComparison.Ordinal)
                                            )
                                            .ConfigureAwait(false);
                                    }
                                    else if (
                                        result.Text is not null
                                        && (result.IsAnswer || output.Verbosity(parsed) > Verbosity.Quiet)
                                    )
                                    {
                                        await console.Out.WriteLineAsync(result.Text).ConfigureAwait(false);
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
        catch (AssetException failure)
        {
            reporter?.Recorder.OnFailure(failure.Diagnostics);
            return Fail(failure.Diagnostics, logger);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reporter?.Recorder.OnCancelled();
            return ExitCode.Cancelled;
        }
        catch (Exception unexpected)
        {
            var error = UnexpectedDiagnostics.Unexpected(unexpected);
            reporter?.Recorder.OnFailure([error]);
            return Fail([error], logger);
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
