using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What all verbs share: the logger, how the result is printed, and what an exception means.</summary>
internal static class VerbRunner
{
    public static void SetAction(Command command, CliConsole console, OutputOptions output, Func<ParseResult, AssetHost, ConsoleLogger, CancellationToken, Task<VerbResult>> work) =>
        command.SetAction((parsed, cancellation) => RunAsync(output.Logger(parsed, console), output.Reporter(parsed, console), async (logger, reporter) =>
        {
            var host = reporter is null ? console.CreateHost(logger) : console.CreateHost(new ReportingLogger(logger, reporter.Recorder)) with { Recorder = reporter.Recorder };
            var result = await work(parsed, host, logger, cancellation).ConfigureAwait(false);
            if (output.Json(parsed))
            {
                // A number sign is in strings only. Escaped, two of them are the same string, and no command of a CI system.
                await console.Out.WriteLineAsync(result.Json.Replace("##", "#\\u0023", StringComparison.Ordinal)).ConfigureAwait(false);
            }
            else if (result.Text is not null && (result.IsAnswer || output.Verbosity(parsed) > Verbosity.Quiet))
            {
                await console.Out.WriteLineAsync(result.Text).ConfigureAwait(false);
            }
        }, cancellation));

    private static async Task<int> RunAsync(ConsoleLogger logger, RunReporter? reporter, Func<ConsoleLogger, RunReporter?, Task> work, CancellationToken cancellation)
    {
        // Ctrl+C is listened to as soon as the work is under way; what is done before the first wait would be cut off by it.
        await Task.Yield();
        try
        {
            await work(logger, reporter).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (AssetException failure)
        {
            reporter?.Recorder.OnFailure(failure.Diagnostics);
            foreach (var error in failure.Diagnostics)
            {
                logger.Error(error);
            }

            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            reporter?.Recorder.OnCancelled();
            return ExitCode.Cancelled;
        }
        catch (Exception unexpected)
        {
            var error = UnexpectedDiagnostics.Unexpected(unexpected);
            reporter?.Recorder.OnFailure([error]);
            logger.Error(error);
            return ExitCode.Failed;
        }
        finally
        {
            if (reporter is not null)
            {
                await reporter.PublishAsync(logger, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
