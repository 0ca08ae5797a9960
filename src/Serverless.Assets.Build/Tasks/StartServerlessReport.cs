using Microsoft.Build.Framework;
using Serverless.Assets.Reporting;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Begins the record of what the project's tasks do in this build; each of them then brings the reports up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartServerlessReport : Microsoft.Build.Utilities.Task
{
    /// <summary>Where the manifest goes, full path: tells the projects of a build apart.</summary>
    [Required]
    public string ManifestPath { get; set; } = "";

    /// <summary>Name of the project: <c>MyApp</c>.</summary>
    [Required]
    public string ProjectName { get; set; } = "";

    /// <summary>Markdown file to add a summary to, full path; empty: none.</summary>
    public string SummaryPath { get; set; } = "";

    /// <summary>File to add lines <c>name=value</c> to, full path; empty: none.</summary>
    public string OutputsPath { get; set; } = "";

    /// <summary>HTML page to write about the run, full path; empty: none.</summary>
    public string ReportPath { get; set; } = "";

    /// <summary>Codes of warnings that are not shown, and left out of reports: <c>SAB2016;CS1591</c>.</summary>
    public string Silenced { get; set; } = "";

    public override bool Execute()
    {
        if (Find(BuildEngine4, ManifestPath) is null)
        {
            var silenced = Silenced.Split(
                [';', ',', ' '],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            );
            var settings = new ReportSettings(ProjectName, SummaryPath, OutputsPath)
            {
                ReportPath = ReportPath,
                Silenced = silenced.ToHashSet(StringComparer.OrdinalIgnoreCase),
            };
            BuildEngine4.RegisterTaskObject(
                Key(ManifestPath),
                new RunReporter(settings),
                RegisteredTaskObjectLifetime.Build,
                allowEarlyCollection: false
            );
        }

        return true;
    }

    /// <returns>Null: no report is wanted.</returns>
    internal static RunReporter? Find(IBuildEngine4 engine, string manifestPath) =>
        engine.GetRegisteredTaskObject(Key(manifestPath), RegisteredTaskObjectLifetime.Build) as RunReporter;

    private static string Key(string manifestPath) => $"Serverless.Assets.RunReporter {manifestPath}";
}
