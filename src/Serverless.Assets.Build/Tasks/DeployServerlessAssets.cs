using Microsoft.Build.Framework;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Makes the manifest's Build live in the Environment.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class DeployServerlessAssets : LiveTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var created =
            MadeBuildSid.Length == 0
                ? null
                : new CreatedBuild(MadeBuildSid, MadeOverBuildSid.Length > 0 ? MadeOverBuildSid : null);
        return Finish(
            await new DeploymentPipeline(Host)
                .DeployAsync(ReadDeploySettings(), created, cancellationToken)
                .ConfigureAwait(false)
        );
    }
}
