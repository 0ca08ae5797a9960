using Microsoft.Build.Framework;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Deploys the Build of the manifest to the Environment.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeployServerlessAssets : DeploymentTask
{
    /// <summary>
    /// SID of the Build that <see cref="BuildServerlessAssets"/> created: <c>ZB…</c>; if empty, this task creates it.
    /// </summary>
    public string CreatedBuildSid { get; set; } = "";

    /// <summary>
    /// SID of the Build that was live when <see cref="BuildServerlessAssets"/> ran: <c>ZB…</c>; if empty, nothing was. If
    /// something else is live now, this task creates another Build.
    /// </summary>
    public string LiveBuildSid { get; set; } = "";

    private protected override Task<DeployResult> DeployAsync(
        DeploymentPipeline pipeline,
        CancellationToken cancellationToken
    )
    {
        var prepared =
            CreatedBuildSid.Length == 0
                ? null
                : new PreparedBuild(
                    Sid.Parse(CreatedBuildSid, SidKind.Build),
                    LiveBuildSid.Length > 0 ? Sid.Parse(LiveBuildSid, SidKind.Build) : null
                );
        return pipeline.DeployAsync(Values, prepared, cancellationToken);
    }
}
