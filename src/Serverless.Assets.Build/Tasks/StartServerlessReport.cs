using Microsoft.Build.Framework;
using Serverless.Assets.Reporting;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Registers the project's reporter for this build. Each of the project's tasks updates its reports.</summary>
[MSBuildMultiThreadableTask]
public sealed class StartServerlessReport : SettingsTask
{
    private protected override RunReporter? Reporter => null;

    /// <returns>Null if no report is requested.</returns>
    internal static RunReporter? Find(IBuildEngine4 engine, string manifestPath) =>
        engine.GetRegisteredTaskObject(CreateKey(manifestPath), RegisteredTaskObjectLifetime.Build) as RunReporter;

    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (Find(BuildEngine4, Values.ManifestPath) is null)
        {
            BuildEngine4.RegisterTaskObject(
                CreateKey(Values.ManifestPath),
                new RunReporter(ReportSettings.From(Values, Values.Project.Name)),
                RegisteredTaskObjectLifetime.Build,
                allowEarlyCollection: false
            );
        }

        return Task.FromResult(true);
    }

    /// <summary>The path of the manifest distinguishes the projects of a build.</summary>
    private static string CreateKey(string manifestPath) => $"Serverless.Assets.RunReporter {manifestPath}";
}
