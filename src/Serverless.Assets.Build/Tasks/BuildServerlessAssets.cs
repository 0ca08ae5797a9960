using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Makes the Build of the manifest, over what is live in the Environment. Nothing live changes.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class BuildServerlessAssets : DeployTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var result = await new DeploymentPipeline(Host)
            .BuildAsync(ReadDeploySettings(), cancellationToken)
            .ConfigureAwait(false);
        BuildSid = result.BuildSid;
        LiveBuildSid = result.LiveBuildSid ?? "";
        Logger.Log(
            LogLevel.Summary,
            $"Serverless assets: {result.BuildSid} {(result.IsReused ? "was there already" : "is made")}, with {result.Assets} assets and {result.Functions} Functions"
        );
        return true;
    }
}
