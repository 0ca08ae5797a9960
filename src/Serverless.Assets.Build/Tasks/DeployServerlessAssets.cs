using Microsoft.Build.Framework;
using Serverless.Assets.Deployment;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Makes the manifest's Build live in the Environment.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class DeployServerlessAssets : LiveTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var made =
            MadeBuildSid.Length == 0
                ? null
                : new BuildResult(
                    ServiceSid,
                    MadeBuildSid,
                    MadeOverBuildSid.Length > 0 ? MadeOverBuildSid : null,
                    IsReused: false,
                    0,
                    0
                );
        return Finish(
            await new DeploymentPipeline(Host)
                .DeployAsync(ReadDeploySettings(), made, cancellationToken)
                .ConfigureAwait(false)
        );
    }
}
