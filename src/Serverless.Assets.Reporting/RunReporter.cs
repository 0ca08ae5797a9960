using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Reporting.Markdown;
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
    private readonly List<(string Path, Func<RunReport, CancellationToken, Task> WriteAsync)> _files = [];
    private readonly Lock _lock = new();
    private readonly ReportSettings _settings;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private readonly RequestLog? _requests;
    private RunResult _result = new();

    public RunReporter(ReportSettings settings, TimeProvider? clock = null)
    {
        _settings = settings;
        _clock = clock ?? TimeProvider.System;
        _startedAt = _clock.GetUtcNow();
        _started = _clock.GetTimestamp();
        _requests = string.IsNullOrEmpty(settings.ReportPath) ? null : new RequestLog(_clock);
        var files = new PhysicalFileSystem();
        AddSection(settings.SummaryPath, MarkdownSummary.Format);
        AddSection(settings.OutputsPath, RunOutputs.Format);
        if (settings.ReportPath is { Length: > 0 } page)
        {
            _files.Add(
                (
                    page,
                    (report, _) =>
                    {
                        files.WriteAtomically(page, Encoding.UTF8.GetBytes(HtmlReport.Render(report)));
                        return Task.CompletedTask;
                    }
                )
            );
        }

        void AddSection(string? path, Func<RunReport, string> format)
        {
            if (!string.IsNullOrEmpty(path))
            {
                var section = new SectionFile(path, files);
                _files.Add(
                    (path, (report, cancellationToken) => section.WriteAsync(format(report), cancellationToken))
                );
            }
        }
    }

    /// <summary>The <see cref="Settings.EngineContext.Observer"/>; null if no report shows requests.</summary>
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
        foreach (var (path, writeAsync) in _files)
        {
            try
            {
                await writeAsync(report, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) // A report must never fail a completed run.
            {
                logger.Warn(StateDiagnostics.ReportNotWritable(path, failure.Message));
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

/// <summary>Specifies which reports to write. Paths are full paths; a report without a path is not written.</summary>
/// <param name="Name">The name of the project, the Service or the folder.</param>
/// <param name="SummaryPath">The file to which to append Markdown for the summary of a CI job.</param>
/// <param name="OutputsPath">The file to which to append <c>name=value</c> lines for later steps of a CI job.</param>
internal sealed record ReportSettings(string Name, string? SummaryPath, string? OutputsPath)
{
    /// <summary>The file to replace with an HTML page about the run.</summary>
    public string? ReportPath { get; init; }

    /// <summary>The codes of warnings to omit, such as <c>SAB2016</c>.</summary>
    public IReadOnlySet<string> Silenced { get; init; } = new HashSet<string>();

    /// <summary>The front's terms for settings and commands.</summary>
    public FrontTerms Terms { get; init; } = FrontTerms.MSBuild;

    /// <summary>Creates the settings from the user's settings.</summary>
    /// <param name="name">The name of the project, the Service or the folder.</param>
    public static ReportSettings From(SettingValues settings, string name) =>
        new(name, settings.GetFullPath(SettingTable.SummaryPath), settings.GetFullPath(SettingTable.OutputsPath))
        {
            ReportPath = settings.GetFullPath(SettingTable.ReportPath),
            Silenced = settings.Get(SettingTable.NoWarn).ToHashSet(StringComparer.OrdinalIgnoreCase),
        };

    /// <summary>Whether there is any report to write.</summary>
    public bool IsWanted =>
        !string.IsNullOrEmpty(SummaryPath) || !string.IsNullOrEmpty(OutputsPath) || !string.IsNullOrEmpty(ReportPath);
}

/// <summary>A logger that also adds warnings to the reports.</summary>
/// <param name="isError">Whether a warning with this code fails the run; null if none does.</param>
internal sealed class ReportingLogger(IAssetLogger inner, RunReporter reporter, Func<string, bool>? isError = null)
    : IAssetLogger
{
    public bool IsTraceEnabled => inner.IsTraceEnabled;

    public void Warn(Diagnostic warning)
    {
        if (isError?.Invoke(warning.Code) == true)
        {
            reporter.Add(new RunFailure([warning]));
        }
        else
        {
            reporter.AddWarning(warning);
        }

        inner.Warn(warning);
    }

    public void Log(LogLevel level, SanitizedText message) => inner.Log(level, message);
}

/// <summary>The data of a report. Text is not escaped: each format escapes it.</summary>
internal sealed record RunReport
{
    /// <summary>The name of the project, the Service or the folder.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    public RunResult Result { get; init; } = new();

    public RequestTimeline Requests { get; init; } = RequestTimeline.Empty;

    public RunOutcome Outcome => RunOutcome.From(Result);
}
