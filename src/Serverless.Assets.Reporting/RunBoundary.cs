using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting;

/// <summary>The logger of a front, which also shows the errors that end a run.</summary>
internal interface IFrontLogger : IAssetLogger
{
    void Error(Diagnostic error);
}

/// <summary>Runs the work of a front. Handles its exceptions, and writes the reports at its end.</summary>
internal static class RunBoundary
{
    /// <summary>
    /// Does the work, logs an exception as errors, and writes the reports. The details of an unexpected exception are
    /// logged at the level of requests, which users turn on for a bug report.
    /// </summary>
    /// <param name="reporter">Null if no report is requested.</param>
    /// <returns>Null if the work succeeded.</returns>
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
        catch (Exception exception) // A program or a task must not end with an exception.
        {
            var failure = RunFailure.From(exception, cancellationToken);
            reporter?.Add(failure);
            if (failure.PartialResult is ServicesResult services)
            {
                foreach (var line in ServicesOutcome.GetLines(services))
                {
                    logger.Log(LogLevel.Summary, line);
                }
            }

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
