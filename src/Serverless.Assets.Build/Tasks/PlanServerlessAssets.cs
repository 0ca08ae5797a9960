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
        var plan = await new UploadPipeline(Context).PlanAsync(assets, Values, cancellationToken).ConfigureAwait(false);
        Report(plan);
        Log.LogMessage(MessageImportance.High, "{0}", PlanSummary.Format(plan));
        return true;
    }
}
