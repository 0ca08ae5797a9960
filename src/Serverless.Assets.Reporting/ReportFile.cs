using System.Text;
using Serverless.Assets.Files;
using Serverless.Assets.Reporting.Html;
using Serverless.Assets.Reporting.Markdown;

namespace Serverless.Assets.Reporting;

/// <summary>A file that contains a report, which can be written several times during a run.</summary>
/// <param name="Path">Full path.</param>
/// <param name="WriteAsync">Writes the report, and replaces the report that an earlier call has written.</param>
internal sealed record ReportFile(string Path, Func<RunReport, CancellationToken, Task> WriteAsync)
{
    /// <summary>Creates one file for each path in the settings.</summary>
    public static IReadOnlyList<ReportFile> CreateAll(ReportSettings settings, IFileSystem files)
    {
        var all = new List<ReportFile>();
        if (!string.IsNullOrEmpty(settings.SummaryPath))
        {
            all.Add(CreateSection(settings.SummaryPath, MarkdownSummary.Format, files));
        }

        if (!string.IsNullOrEmpty(settings.OutputsPath))
        {
            all.Add(CreateSection(settings.OutputsPath, RunOutputs.Format, files));
        }

        if (!string.IsNullOrEmpty(settings.ReportPath))
        {
            all.Add(CreatePage(settings.ReportPath, files));
        }

        return all;
    }

    /// <summary>Creates a section of a file that may have other content.</summary>
    private static ReportFile CreateSection(string path, Func<RunReport, string> format, IFileSystem files)
    {
        var section = new SectionFile(path, files);
        return new ReportFile(
            path,
            (report, cancellationToken) => section.WriteAsync(format(report), cancellationToken)
        );
    }

    private static ReportFile CreatePage(string path, IFileSystem files) =>
        new(
            path,
            (report, _) =>
            {
                files.WriteAtomically(path, Encoding.UTF8.GetBytes(HtmlReport.Render(report)));
                return Task.CompletedTask;
            }
        );
}
