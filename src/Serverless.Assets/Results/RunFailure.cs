using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>Why a run stopped early, and what it had done by then.</summary>
/// <param name="Errors">Empty when the run was cancelled.</param>
/// <param name="Unexpected">The exception, when it is a defect of this program.</param>
internal sealed record RunFailure(
    IReadOnlyList<Diagnostic> Errors,
    bool IsCancelled = false,
    OperationResult? PartialResult = null,
    Exception? Unexpected = null
)
{
    /// <param name="exception">From a method of a pipeline.</param>
    /// <param name="cancellationToken">The token that the method was called with.</param>
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

/// <summary>The run was cancelled.</summary>
internal sealed class RunCancelledException(OperationResult? partialResult, OperationCanceledException inner)
    : OperationCanceledException(inner.Message, inner, inner.CancellationToken)
{
    /// <summary>What the operation had done by then; null if it had changed nothing.</summary>
    public OperationResult? PartialResult => partialResult;
}

/// <summary>
/// Carries what an operation has done, and the exception that stopped it, to <see cref="ServiceRunner"/>, which throws
/// what callers see: <see cref="AssetException"/> or <see cref="RunCancelledException"/>.
/// </summary>
internal sealed class RunStoppedException(OperationResult partialResult, Exception reason)
    : Exception(reason.Message, reason)
{
    public OperationResult PartialResult => partialResult;

    public Exception Reason => InnerException!;

    /// <summary>Goes on with an operation that has done something.</summary>
    /// <exception cref="RunStoppedException">It failed or was cancelled.</exception>
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
