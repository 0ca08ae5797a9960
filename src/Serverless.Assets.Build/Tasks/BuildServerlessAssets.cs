using Microsoft.Build.Framework;

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
        Report(result);
        return true;
    }
}
