using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What all verbs share: the logger, how the result is printed, and what an exception means.</summary>
internal static class VerbRunner
{
    public static void SetAction(Command command, CliConsole console, OutputOptions output, Func<ParseResult, AssetHost, ConsoleLogger, CancellationToken, Task<VerbResult>> work) =>
        command.SetAction((parsed, cancellation) => RunAsync(output.Logger(parsed, console), async logger =>
        {
            var result = await work(parsed, console.CreateHost(logger), logger, cancellation).ConfigureAwait(false);
            if (output.Json(parsed))
            {
                await console.Out.WriteLineAsync(result.Json).ConfigureAwait(false);
            }
            else if (result.Text is not null && (result.IsAnswer || output.Verbosity(parsed) > Verbosity.Quiet))
            {
                await console.Out.WriteLineAsync(result.Text).ConfigureAwait(false);
            }
        }, cancellation));

    private static async Task<int> RunAsync(ConsoleLogger logger, Func<ConsoleLogger, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(logger).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (AssetException failure)
        {
            foreach (var error in failure.Diagnostics)
            {
                logger.Error(error);
            }

            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception unexpected)
        {
            logger.Error(UnexpectedDiagnostics.Unexpected(unexpected));
            return ExitCode.Failed;
        }
    }
}
