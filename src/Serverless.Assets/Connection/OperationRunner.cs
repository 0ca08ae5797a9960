using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Connection;

/// <summary>
/// Runs an operation against the service: opens the connection, enforces the time limit, and explains failures.
/// </summary>
internal sealed class OperationRunner(EngineContext context)
{
    /// <param name="name">The name of the operation in traces and reports, such as <c>upload</c>.</param>
    /// <param name="progress">The progress of an upload; null: the operation is not an upload.</param>
    /// <exception cref="AssetException">
    /// The operation failed. The exception contains all errors, and what the operation had changed by then.
    /// </exception>
    /// <exception cref="OperationCanceledException">The user canceled the operation.</exception>
    public async Task<T> RunAsync<T>(
        string name,
        ValidatedServiceSettings settings,
        Func<OperationContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken,
        UploadProgress? progress = null
    )
    {
        using var telemetry = OperationTelemetry.Start(name, settings, context);
        using var timeout = new CancellationTokenSource(GetTimeLeft(settings.Timeout), context.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var connection = context.Connections?.Take(settings, context) ?? ServiceConnection.Open(settings, context);
        var operation = new OperationContext(
            settings,
            connection,
            progress ?? new UploadProgress(total: 0),
            context,
            cancellationToken
        );
        operation.Progress.Observe(connection.Client.Gate);
        try
        {
            return await work(operation, stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var isTimeout = timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            var explained = Explain(failure, isTimeout, operation);
            telemetry.OnFailed(explained);
            throw explained;
        }
        finally
        {
            operation.Progress.OnEnded();
            if (context.Connections is { } connections)
            {
                connections.Return(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private TimeSpan GetTimeLeft(TimeSpan limit)
    {
        var left = limit - (context.StartedAt is { } started ? context.Clock.GetElapsedTime(started) : TimeSpan.Zero);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <returns>
    /// The exception to throw instead: an <see cref="AssetException"/>, or a <see cref="RunCanceledException"/>.
    /// </returns>
    private Exception Explain(Exception failure, bool isTimeout, OperationContext operation)
    {
        var progress = operation.Progress;
        switch (failure)
        {
            case OperationCanceledException when isTimeout:
                var timedOut = ServiceDiagnostics.TimedOut(operation.Settings.Timeout, progress.Done, progress.Total);
                return Failed([timedOut, .. operation.AlsoReported]);
            case OperationCanceledException canceled when operation.UserCancellation.IsCancellationRequested:
                context.Logger.Warn(ServiceDiagnostics.Canceled(progress.Done, progress.Total));
                return new RunCanceledException(operation.PartialResult, canceled);
            case AssetException known:
                return Failed([.. known.Diagnostics, .. operation.AlsoReported]);
            case ServerlessApiException request:
                return Failed([ServiceFailures.Explain(request, operation.Settings), .. operation.AlsoReported]);
            default:
                return Failed([UnexpectedDiagnostics.Unexpected(failure), .. operation.AlsoReported], failure);
        }

        AssetException Failed(IReadOnlyList<Diagnostic> errors, Exception? unexpected = null) =>
            new(errors, operation.PartialResult, failure) { Unexpected = unexpected };
    }
}
