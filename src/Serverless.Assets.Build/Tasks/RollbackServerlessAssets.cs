using Microsoft.Build.Framework;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Deploys the previously deployed Build, or a given one.</summary>
[MSBuildMultiThreadableTask]
public sealed class RollbackServerlessAssets : DeploymentTask
{
    private protected override Task<OperationResult> DeployAsync(
        ProjectPipeline pipeline,
        CancellationToken cancellationToken
    ) => pipeline.RollbackAsync(Values, cancellationToken);
}
