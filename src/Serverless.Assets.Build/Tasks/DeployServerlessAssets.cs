using Microsoft.Build.Framework;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Deploys the Build of each Service's manifest to the Environment.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeployServerlessAssets : DeploymentTask
{
    /// <summary>
    /// The output of <see cref="BuildServerlessAssets"/>; if empty, this task creates the Builds. If something else is live
    /// now than when a Build was created, this task creates another one.
    /// </summary>
    public ITaskItem[] Builds { get; set; } = [];

    private protected override Task<OperationResult> DeployAsync(
        ProjectPipeline pipeline,
        CancellationToken cancellationToken
    ) => pipeline.DeployAsync(Values, AssetItems.ToPreparedBuilds(Builds), cancellationToken);
}
