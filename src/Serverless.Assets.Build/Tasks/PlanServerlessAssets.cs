using Microsoft.Build.Framework;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Tells what an upload and a deployment would do. Sends nothing but GETs.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class PlanServerlessAssets : DeployTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var assets = Assets.Select(AssetItems.ToAsset).ToList();
        var plan = await new UploadPipeline(Host)
            .PlanAsync(assets, ReadDeploySettings(), cancellationToken)
            .ConfigureAwait(false);
        Report(plan);
        Log.LogMessage(MessageImportance.High, "{0}", PlanSummary.Format(plan));
        return true;
    }
}
