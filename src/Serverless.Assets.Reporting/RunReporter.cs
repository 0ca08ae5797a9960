using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Reporting.Timeline;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Reporting;

/// <summary>
/// Collects the results of a run, from one command or from the tasks of a build, and writes its reports. Reports can be
/// written at any time, and cover the run so far. Thread-safe.
/// </summary>
internal sealed class RunReporter
{
    private readonly IReadOnlyList<ReportFile> _files;
    private readonly Lock _lock = new();
    private readonly ReportSettings _settings;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private readonly RequestLog? _requests;
    private RunResult _result = new();

    /// <param name="clock">The clock of the run's <see cref="EngineContext"/>; null for the system's.</param>
    /// <param name="files">The file system of the run's <see cref="EngineContext"/>; null for the real one.</param>
    public RunReporter(ReportSettings settings, TimeProvider? clock = null, IFileSystem? files = null)
    {
        _settings = settings;
        _clock = clock ?? TimeProvider.System;
        _startedAt = _clock.GetUtcNow();
        _started = _clock.GetTimestamp();
        _requests = string.IsNullOrEmpty(settings.ReportPath) ? null : new RequestLog(_clock);
        _files = ReportFile.CreateAll(settings, files ?? new PhysicalFileSystem());
    }

    /// <summary>For <see cref="EngineContext.Observer"/>; null if no report shows requests.</summary>
    public IOperationObserver? Observer => _requests;

    /// <summary>Creates a snapshot of the run so far.</summary>
    public RunReport Report
    {
        get
        {
            lock (_lock)
            {
                return new RunReport
                {
                    Name = _settings.Name,
                    StartedAt = _startedAt,
                    Duration = _clock.GetElapsedTime(_started),
                    Result = _result,
                    Requests = _requests?.ToTimeline() ?? RequestTimeline.Empty,
                };
            }
        }
    }

    public void Add(OperationResult? operation) => Change(result => result.With(operation));

    public void Add(RunFailure failure) =>
        Change(result => result.With(failure with { Errors = [.. failure.Errors.Select(Render)] }));

    /// <summary>Adds a warning, unless it is suppressed.</summary>
    public void AddWarning(Diagnostic warning)
    {
        if (!_settings.Silenced.Contains(warning.Code))
        {
            Change(result => result with { Warnings = [.. result.Warnings, Render(warning)] });
        }
    }

    /// <summary>
    /// Writes all reports. If a report can't be written, logs a warning, because the run itself is complete.
    /// </summary>
    public async Task PublishAsync(IAssetLogger logger, CancellationToken cancellationToken)
    {
        var report = Report;
        foreach (var file in _files)
        {
            try
            {
                await file.WriteAsync(report, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) // A report must never fail a completed run.
            {
                logger.Warn(StateDiagnostics.ReportNotWritable(file.Path, failure.Message));
            }
        }
    }

    private Diagnostic Render(Diagnostic diagnostic) =>
        diagnostic with
        {
            Text = diagnostic.Text.Resolve(_settings.Terms),
        };

    private void Change(Func<RunResult, RunResult> change)
    {
        lock (_lock)
        {
            _result = change(_result);
        }
    }
}
