using Microsoft.Build.Framework;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Shows what an upload and a deployment would change. Sends GET requests only.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanServerlessAssets : ServiceTask
{
    /// <summary>The output of <see cref="CollectServerlessAssets"/>.</summary>
    public ITaskItem[] Assets { get; set; } = [];

    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var assets = Assets.Select(AssetItems.ToAsset).ToList();
        var plan = await new ProjectPipeline(Context)
            .PlanAsync(assets, Values, cancellationToken)
            .ConfigureAwait(false);
        Report(plan);
        foreach (var part in plan.GetOperations().Cast<UploadPlan>())
        {
            Log.LogMessage(MessageImportance.High, "{0}", PlanSummary.Format(part));
        }

        return true;
    }
}
