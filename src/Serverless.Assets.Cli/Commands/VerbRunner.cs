using Serverless.Assets.Cli.Output;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Commands;

/// <summary>What all verbs share: the logger, and what an exception means.</summary>
internal static class VerbRunner
{
    public static async Task<int> RunAsync(CliConsole console, Verbosity verbosity, Func<AssetHost, ConsoleLogger, Task> work, CancellationToken cancellation)
    {
        var logger = new ConsoleLogger(console.Error, verbosity);
        try
        {
            await work(console.CreateHost(logger), logger).ConfigureAwait(false);
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
