using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Connection;

/// <summary>
/// Runs an operation against the service: validates the settings, opens the connection, enforces the
/// time limit, and explains failures.
/// </summary>
internal sealed class OperationRunner(EngineContext context)
{
    /// <param name="operation">The name of the operation in traces and reports, such as <c>upload</c>.</param>
    /// <param name="progress">Provides the progress for the message if the run stops early.</param>
    /// <exception cref="AssetException">The run failed. The exception contains all errors.</exception>
    public async Task<T> RunAsync<T>(
        string operation,
        SettingValues settings,
        UploadProgress progress,
        Func<OperationContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        using var telemetry = OperationTelemetry.Start(operation, settings, context);
        try
        {
            return await RunAsync(settings, progress, work, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.OnFailed(failure);
            throw;
        }
    }

    private async Task<T> RunAsync<T>(
        SettingValues settings,
        UploadProgress progress,
        Func<OperationContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        var options = ReadSettings(settings);
        using var timeout = new CancellationTokenSource(options.Timeout, context.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var required = new ServiceConnectionSettings(options, settings.StatePath, context);
        var connection = context.Connections?.Take(required) ?? ServiceConnection.Open(required);
        progress.Observe(connection.Client.Gate);
        try
        {
            var opened = new OperationContext(options, connection, context.Logger, cancellationToken);
            return await work(opened, stop.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var stopped = failure as RunStoppedException;
            var done = stopped?.PartialResult;
            var also = stopped?.AlsoReported ?? [];
            switch (stopped?.Reason ?? failure)
            {
                case AssetException reason when done is not null:
                    throw new AssetException([.. reason.Diagnostics, .. also], done, reason);
                case ServerlessApiException reason:
                    throw new AssetException([ServiceFailures.Explain(reason, options), .. also], done, reason);
                case OperationCanceledException reason
                    when timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested:
                    throw new AssetException(
                        [
                            ServiceDiagnostics.TimedOut(options.Timeout, progress.Done, progress.Total),
                            .. also,
                            .. progress.SortedFailures,
                        ],
                        done,
                        reason
                    );
                case OperationCanceledException reason:
                    context.Logger.Warn(ServiceDiagnostics.Cancelled(progress.Done, progress.Total));
                    throw new RunCancelledException(done, reason);
                default:
                    throw;
            }
        }
        finally
        {
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

    private ValidatedServiceSettings ReadSettings(SettingValues settings)
    {
        var problems = new DiagnosticBag();
        var options = ServiceSettingsValidator.Validate(settings, context, problems);
        problems.Report(context.Logger);
        return options!;
    }
}
