using System.CommandLine;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;

namespace Serverless.Assets.Cli.Options;

/// <summary>Files that a run is reported in.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string> _summary = new("--summary", "--summary-path")
    {
        Description = "Markdown file that a summary is added to, as CI systems show it",
    };
    private readonly Option<string> _outputs = new("--outputs", "--outputs-path")
    {
        Description = "File that lines name=value are added to, for later steps of a CI job",
    };

    private readonly Option<string> _report = new("--report", "--report-path")
    {
        Description = "HTML page to write about the run: what changed, sizes, requests, warnings",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_summary);
        command.Options.Add(_outputs);
        command.Options.Add(_report);
    }

    /// <param name="project">Full path of its folder, to which paths are relative.</param>
    /// <param name="silenced">Codes of warnings that are not shown.</param>
    /// <returns>Null: no report is wanted.</returns>
    public RunReporter? Read(OptionValues values, string project, IReadOnlySet<string> silenced)
    {
        var settings = new ReportSettings(
            NameOf(values) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(project)),
            FullPath(_summary),
            FullPath(_outputs)
        )
        {
            ReportPath = FullPath(_report),
            Silenced = silenced,
            Terms = FrontTerms.CommandLine,
        };
        return settings.IsWanted ? new RunReporter(settings) : null;

        string? FullPath(Option<string> option) =>
            values.GetValue(option) is { Length: > 0 } path ? Path.GetFullPath(path, project) : null;
    }

    /// <summary>CI systems check out into folders such as <c>s</c>: the Service's name tells more, when it is given.</summary>
    private static string? NameOf(OptionValues values) =>
        values.Find<string>("--service-name") is { } service && values.GetValue(service) is { Length: > 0 } name
            ? name
            : null;
}
