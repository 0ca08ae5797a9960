using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Reporting;

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
