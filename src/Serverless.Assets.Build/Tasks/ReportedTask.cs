using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>The base of tasks that are steps of a run: its reports show their results, warnings and errors.</summary>
public abstract class ReportedTask : SettingsTask
{
    /// <summary>The reporter that <see cref="StartServerlessReport"/> registered for this project.</summary>
    private protected override RunReporter? Reporter =>
        field ??= StartServerlessReport.Find(BuildEngine4, Values.ManifestPath);

    /// <summary>Adds the result to the reports, and logs its one-line summary.</summary>
    private protected void Report(OperationResult result)
    {
        Reporter?.Add(result);
        LogSummary(RunOutcome.From(result).Summary);
        if (result is ServicesResult services)
        {
            foreach (var line in ServicesOutcome.GetLines(services))
            {
                Logger.Log(LogLevel.Summary, line);
            }
        }
    }
}
