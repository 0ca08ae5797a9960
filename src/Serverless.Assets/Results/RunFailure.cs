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
            RunStoppedException stopped => From(stopped, From(stopped.Reason, cancellationToken)),
            _ => new RunFailure([UnexpectedDiagnostics.Unexpected(exception)], Unexpected: exception),
        };

    private static RunFailure From(RunStoppedException stopped, RunFailure failure) =>
        failure with
        {
            Errors = [.. failure.Errors, .. stopped.AlsoReported],
            PartialResult = stopped.PartialResult,
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

    /// <summary>Errors that are reported together with the reason.</summary>
    public IReadOnlyList<Diagnostic> AlsoReported { get; init; } = [];

    public Exception Reason => InnerException!;
}
