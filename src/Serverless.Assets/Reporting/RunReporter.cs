using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Reporting.Html;

namespace Serverless.Assets.Reporting;

/// <summary>
/// Records a run and writes its reports. Published after each step of a run and at its end, whatever the end is: each
/// time the files say all that is known by then.
/// </summary>
public sealed class RunReporter
{
    private readonly List<(string Path, Func<RunReport, CancellationToken, Task> WriteAsync)> _files = [];

    public RunReporter(ReportSettings settings, TimeProvider? clock = null)
    {
        Recorder = new RunRecorder(settings.Name, settings.Silenced, clock ?? TimeProvider.System)
        {
            Terms = settings.Terms,
            Requests = string.IsNullOrEmpty(settings.ReportPath) ? null : new RequestLog(clock ?? TimeProvider.System),
        };
        var files = new PhysicalFileSystem();
        if (settings.SummaryPath is { Length: > 0 } summary)
        {
            var section = new SectionFile(summary, files);
            _files.Add(
                (
                    summary,
                    (report, cancellationToken) => section.WriteAsync(MarkdownSummary.Format(report), cancellationToken)
                )
            );
        }

        if (settings.OutputsPath is { Length: > 0 } outputs)
        {
            var section = new SectionFile(outputs, files);
            _files.Add(
                (
                    outputs,
                    (report, cancellationToken) => section.WriteAsync(RunOutputs.Format(report), cancellationToken)
                )
            );
        }

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
    }

    public RunRecorder Recorder { get; }

    /// <summary>Writes what is known by now. That a report can't be written is a warning: the run itself is done.</summary>
    public async Task PublishAsync(IAssetLogger logger, CancellationToken cancellationToken)
    {
        var report = Recorder.Report;
        foreach (var (path, writeAsync) in _files)
        {
            try
            {
                await writeAsync(report, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) // whatever it is: what the report is about is done
            {
                logger.Warn(StateDiagnostics.ReportNotWritable(path, failure.Message));
            }
        }
    }
}
