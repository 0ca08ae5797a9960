using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Registers the project's reporter for this build. Each of the project's tasks updates its reports.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartServerlessReport : SettingsTask
{
    /// <param name="manifestPath">Distinguishes the projects of a build.</param>
    /// <returns>Null if no report is requested.</returns>
    internal static RunReporter? Find(IBuildEngine4 engine, string manifestPath) =>
        TaskObjects.Find<RunReporter>(engine, manifestPath);

    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var problems = new DiagnosticBag();
        problems.AddRange(OutputCollisionCheck.FindProblems(Values));
        problems.ThrowIfErrors();
        TaskObjects.FindOrRegister(
            BuildEngine4,
            Values.ManifestPath,
            () => new RunReporter(ReportSettings.From(Values, Values.Project.Name), Context.Clock, Context.Files)
        );
        return Task.FromResult(true);
    }
}
