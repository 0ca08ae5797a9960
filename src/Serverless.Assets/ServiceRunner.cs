using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.State;
using Serverless.Assets.Telemetry;
using Serverless.Assets.Uploading;

namespace Serverless.Assets;

/// <summary>What every run against the service shares: settings, state, connection, the time limit, and what a failure means.</summary>
internal sealed class ServiceRunner(AssetHost host)
{
    /// <param name="operation">What is done, as traces and reports name it: <c>upload</c>.</param>
    /// <param name="progress">Tells how far the run came when it is stopped.</param>
    /// <exception cref="AssetException">It failed; all reasons are named.</exception>
    public async Task<T> RunAsync<T>(
        string operation,
        ServiceSettings settings,
        UploadProgress progress,
        Func<ServiceRun, CancellationToken, Task<T>> work,
        CancellationToken cancellation
    )
    {
        using var telemetry = RunTelemetry.Start(operation, settings, host);
        try
        {
            return await RunAsync(settings, progress, work, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            telemetry.OnFailed(failure);
            throw;
        }
    }

    /// <summary>Reports warnings; errors end the run.</summary>
    public void Report(IReadOnlyList<Diagnostic> problems)
    {
        foreach (var warning in problems.Where(problem => problem.Severity == DiagnosticSeverity.Warning))
        {
            host.Logger.Warn(warning);
        }

        var errors = problems.Where(problem => problem.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new AssetException(errors);
        }
    }

    private async Task<T> RunAsync<T>(
        ServiceSettings settings,
        UploadProgress progress,
        Func<ServiceRun, CancellationToken, Task<T>> work,
        CancellationToken cancellation
    )
    {
        var options = ReadSettings(settings);
        using var timeout = new CancellationTokenSource(options.Timeout, host.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var connection = new ApiConnection(options, host);
        progress.Observe(connection.Gate);
        using var state = UploadState.Open(settings.StatePath, host.Files, host.Logger, host.Clock);
        try
        {
            return await work(new ServiceRun(options, new ServerlessApi(connection), state, host.Logger), stop.Token)
                .ConfigureAwait(false);
        }
        catch (ApiException failure)
        {
            throw new AssetException(ServiceFailures.Explain(failure, options), failure);
        }
        catch (OperationCanceledException)
            when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new AssetException([
                ServiceDiagnostics.TimedOut(options.Timeout, progress.Done, progress.Total),
                .. progress.Failures.OrderBy(failure => failure.File, StringComparer.Ordinal),
            ]);
        }
        catch (OperationCanceledException)
        {
            host.Logger.Warn(ServiceDiagnostics.Cancelled(progress.Done, progress.Total));
            throw;
        }
    }

    private ServiceOptions ReadSettings(ServiceSettings settings)
    {
        var problems = new List<Diagnostic>();
        var options = ServiceSettingsReader.Read(settings, host, problems);
        Report(problems);
        return options!;
    }
}
