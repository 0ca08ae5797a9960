using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting;

/// <summary>The logger of a front, which also shows the errors that end a run.</summary>
internal interface IFrontLogger : IAssetLogger
{
    void Error(Diagnostic error);
}

/// <summary>The boundary of both fronts: what happens at the end of a run, and if it fails.</summary>
internal static class RunBoundary
{
    /// <summary>
    /// Does the work, turns an exception into errors, and writes the reports. The details of an unexpected exception
    /// are for a log of the requests, which users attach to a bug report.
    /// </summary>
    /// <param name="reporter">Null if no report is requested.</param>
    /// <returns>Null if the work is done.</returns>
    public static async Task<RunFailure?> RunAsync(
        Func<Task> work,
        RunReporter? reporter,
        IFrontLogger logger,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await work().ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) // No exception may leave a program or a task.
        {
            var failure = RunFailure.From(exception, cancellationToken);
            reporter?.Add(failure);
            foreach (var error in failure.Errors)
            {
                logger.Error(error);
            }

            if (failure.Unexpected is { } unexpected)
            {
                logger.Log(LogLevel.Trace, SanitizedText.Lines(unexpected.ToString()));
            }

            return failure;
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
