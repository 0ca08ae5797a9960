using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Deletes the Assets that nothing live holds and the manifest does not name, after showing them.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PruneServerlessAssets : DeployTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var result = await new DeploymentPipeline(Host)
            .PruneAsync(ReadDeploySettings(), ShowAndAsk, cancellationToken)
            .ConfigureAwait(false);
        Report(result);
        return true;
    }

    private bool ShowAndAsk(PruneResult unused)
    {
        Logger.Log(LogLevel.Summary, $"Serverless assets: {RunOutcome.From(unused).Summary}");
        foreach (var line in unused.Lines)
        {
            Logger.Log(LogLevel.Summary, line);
        }

        return Yes;
    }
}
