using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Reporting;

/// <summary>Which reports of a run are wanted. All paths are full; null or empty: not wanted.</summary>
/// <param name="Name">What the run is about: the name of the project, the Service or the folder.</param>
/// <param name="SummaryPath">Markdown, added to the end of the file: what a CI system shows of a job.</param>
/// <param name="OutputsPath">Lines <c>name=value</c>, added to the end of the file: what later steps of a CI job read.</param>
public sealed record ReportSettings(string Name, string? SummaryPath, string? OutputsPath)
{
    /// <summary>An HTML page about the run; null or empty: not wanted.</summary>
    public string? ReportPath { get; init; }

    /// <summary>Codes of warnings that are not to be shown: <c>SAB2016</c>.</summary>
    public IReadOnlySet<string> Silenced { get; init; } = new HashSet<string>();

    /// <summary>The terms of the front, in which the reports show messages.</summary>
    public FrontTerms Terms { get; init; } = FrontTerms.MSBuild;

    /// <summary>Whether there is anything to write.</summary>
    public bool IsWanted =>
        !string.IsNullOrEmpty(SummaryPath) || !string.IsNullOrEmpty(OutputsPath) || !string.IsNullOrEmpty(ReportPath);

    /// <summary>Finds out which reports the settings ask for.</summary>
    /// <param name="name">What the run is about.</param>
    internal static ReportSettings From(SettingValues settings, string name) =>
        new(name, settings.GetFullPath(SettingTable.SummaryPath), settings.GetFullPath(SettingTable.OutputsPath))
        {
            ReportPath = settings.GetFullPath(SettingTable.ReportPath),
            Silenced = settings.Get(SettingTable.NoWarn).ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
}
