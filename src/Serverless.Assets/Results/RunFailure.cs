using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>Why a run stopped early, and what it had done by then.</summary>
/// <param name="Errors">Empty if the run was canceled.</param>
/// <param name="Unexpected">The exception, if it is a bug in this program.</param>
internal sealed record RunFailure(
    IReadOnlyList<Diagnostic> Errors,
    bool IsCancelled = false,
    OperationResult? PartialResult = null,
    Exception? Unexpected = null
)
{
    /// <param name="exception">An exception that a pipeline threw.</param>
    /// <param name="cancellationToken">The token that was passed to the pipeline.</param>
    public static RunFailure From(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            AssetException failure => new RunFailure(failure.Diagnostics, PartialResult: failure.PartialResult),
            OperationCanceledException cancelled when cancellationToken.IsCancellationRequested => new RunFailure(
                [],
                IsCancelled: true,
                (cancelled as RunCancelledException)?.PartialResult
            ),
            RunStoppedException { Reason: var reason, PartialResult: var partial } => From(
                reason,
                cancellationToken
            ) with
            {
                PartialResult = partial,
            },
            _ => new RunFailure([UnexpectedDiagnostics.Unexpected(exception)], Unexpected: exception),
        };
}

/// <summary>The run was canceled.</summary>
internal sealed class RunCancelledException(OperationResult? partialResult, OperationCanceledException inner)
    : OperationCanceledException(inner.Message, inner, inner.CancellationToken)
{
    /// <summary>What the operation had done by then; null if it had changed nothing.</summary>
    public OperationResult? PartialResult => partialResult;
}

/// <summary>
/// Carries the partial result of an operation, and the exception that stopped it, to <see cref="OperationRunner"/>.
/// Callers get an <see cref="AssetException"/> or a <see cref="RunCancelledException"/> with the partial result; this
/// exception reaches them only if the reason is unexpected.
/// </summary>
internal sealed class RunStoppedException(OperationResult partialResult, Exception reason)
    : Exception(reason.Message, reason)
{
    public OperationResult PartialResult => partialResult;

    public Exception Reason => InnerException!;

    /// <summary>Continues an operation that already has a partial result.</summary>
    /// <exception cref="RunStoppedException">The operation failed or was canceled.</exception>
    public static async Task<T> ContinueAsync<T>(OperationResult done, Func<Task<T>> next)
    {
        try
        {
            return await next().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not RunStoppedException)
        {
            throw new RunStoppedException(done, failure);
        }
    }
}
