using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;

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
        Logger.Log(
            LogLevel.Summary,
            $"Serverless assets: {(result.IsDeleted ? result.Assets.Count : 0)} Assets deleted"
        );
        return true;
    }

    private bool ShowAndAsk(IReadOnlyList<(string Name, string Sid)> assets)
    {
        Logger.Log(LogLevel.Summary, $"Serverless assets: nothing live holds these {assets.Count} Assets:");
        foreach (var (name, sid) in assets)
        {
            Logger.Log(LogLevel.Summary, $"  {sid}  {name}");
        }

        return Yes;
    }
}
