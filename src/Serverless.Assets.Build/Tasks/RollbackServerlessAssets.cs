using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Makes the Build that was live before live again, or a given one.</summary>
[MSBuildMultiThreadableTask]
public sealed partial class RollbackServerlessAssets : LiveTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var build = RollbackTo.Length > 0 ? RollbackTo : null;
        return Finish(
            await new DeploymentPipeline(Host)
                .RollbackAsync(ReadDeploySettings(), build, cancellationToken)
                .ConfigureAwait(false)
        );
    }
}
