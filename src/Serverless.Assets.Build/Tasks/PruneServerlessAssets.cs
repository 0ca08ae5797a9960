using Microsoft.Build.Framework;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Lists the Assets that no deployed Build contains and the manifest does not list, and deletes them if confirmed.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class PruneServerlessAssets : ServiceTask
{
    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var result = await new ProjectPipeline(Context)
            .PruneAsync(
                Values,
                new PrunePrompt(Show, _ => Task.FromResult(Values.Get(SettingTable.Yes))),
                cancellationToken
            )
            .ConfigureAwait(false);
        Report(result);
        return true;
    }

    private void Show(PruneResult found)
    {
        LogSummary(RunOutcome.From(found).Summary);
        foreach (var line in found.Lines)
        {
            Logger.Log(LogLevel.Summary, line);
        }
    }
}
