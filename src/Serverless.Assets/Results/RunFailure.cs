using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>Why a run stopped early, and what it had done by then.</summary>
/// <param name="Errors">Empty if the run was canceled.</param>
/// <param name="Unexpected">The exception, if it is a bug in this program.</param>
internal sealed record RunFailure(
    IReadOnlyList<Diagnostic> Errors,
    bool IsCanceled = false,
    OperationResult? PartialResult = null,
    Exception? Unexpected = null
)
{
    /// <param name="exception">An exception that a pipeline threw.</param>
    /// <param name="cancellationToken">The token that was passed to the pipeline.</param>
    public static RunFailure From(Exception exception, CancellationToken cancellationToken) =>
        exception switch
        {
            AssetException failure => new RunFailure(
                failure.Diagnostics,
                PartialResult: failure.PartialResult,
                Unexpected: failure.Unexpected
            ),
            OperationCanceledException canceled when cancellationToken.IsCancellationRequested => new RunFailure(
                [],
                IsCanceled: true,
                (canceled as RunCanceledException)?.PartialResult
            ),
            _ => new RunFailure([UnexpectedDiagnostics.Unexpected(exception)], Unexpected: exception),
        };
}

/// <summary>The user canceled the run.</summary>
/// <param name="partialResult">What the operation had changed by then; null: nothing.</param>
internal sealed class RunCanceledException(OperationResult? partialResult, OperationCanceledException inner)
    : OperationCanceledException(inner.Message, inner, inner.CancellationToken)
{
    /// <inheritdoc cref="RunFailure.PartialResult"/>
    public OperationResult? PartialResult => partialResult;
}
