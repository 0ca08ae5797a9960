using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Reporting;

/// <summary>
/// Collects what a run does, from one command or from the tasks of a build, and writes its reports. Reports can be
/// written at any time, and are complete for what has happened so far. Thread-safe.
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

    /// <summary>For <see cref="Settings.EngineContext.Observer"/>; null when no report shows requests.</summary>
    public IRunObserver? Observer => _requests;

    /// <summary>What has happened so far.</summary>
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
        Change(result => result.With(failure with { Errors = [.. failure.Errors.Select(Word)] }));

    /// <summary>Does nothing if the warning is silenced.</summary>
    public void AddWarning(Diagnostic warning)
    {
        if (!_settings.Silenced.Contains(warning.Code))
        {
            Change(result => result with { Warnings = [.. result.Warnings, Word(warning)] });
        }
    }

    /// <summary>
    /// Writes all reports. A report that can't be written is a warning, because the run itself is complete.
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
            catch (Exception failure) // Of any kind: no report may fail a run that has ended.
            {
                logger.Warn(StateDiagnostics.ReportNotWritable(path, failure.Message));
            }
        }
    }

    private Diagnostic Word(Diagnostic diagnostic) =>
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

/// <summary>Which reports to write. Paths are full; a report whose path is null or empty is not written.</summary>
/// <param name="Name">The name of the project, the Service or the folder.</param>
/// <param name="SummaryPath">Markdown for the summary of a CI job, appended to the file.</param>
/// <param name="OutputsPath">Lines <c>name=value</c> for later steps of a CI job, appended to the file.</param>
internal sealed record ReportSettings(string Name, string? SummaryPath, string? OutputsPath)
{
    /// <summary>An HTML page about the run, which replaces the file.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Codes of warnings to leave out: <c>SAB2016</c>.</summary>
    public IReadOnlySet<string> Silenced { get; init; } = new HashSet<string>();

    /// <summary>The terms in which the front names settings and commands.</summary>
    public FrontTerms Terms { get; init; } = FrontTerms.MSBuild;

    /// <summary>The reports that the settings ask for.</summary>
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
/// <param name="isError">Whether a warning with this code fails the run; null: none does.</param>
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

/// <summary>What the reports of a run are written from. Text in it is not escaped: each format escapes it.</summary>
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
