using Microsoft.Build.Framework;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Deploys the Build of the manifest to the Environment.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeployServerlessAssets : DeploymentTask
{
    /// <summary>
    /// SID of the Build that <see cref="BuildServerlessAssets"/> created: <c>ZB…</c>; if empty, this task creates it.
    /// </summary>
    public string MadeBuildSid { get; set; } = "";

    /// <summary>
    /// SID of the Build that was deployed at that time. If a different one is deployed now, this task creates a new
    /// Build.
    /// </summary>
    public string MadeOverBuildSid { get; set; } = "";

    private protected override Task<DeployResult> DeployAsync(
        DeploymentPipeline pipeline,
        CancellationToken cancellationToken
    )
    {
        var created =
            MadeBuildSid.Length == 0
                ? null
                : new CreatedBuild(MadeBuildSid, MadeOverBuildSid.Length > 0 ? MadeOverBuildSid : null);
        return pipeline.DeployAsync(Values, created, cancellationToken);
    }
}

/// <summary>Deploys the previously deployed Build, or a given one.</summary>
[MSBuildMultiThreadableTask]
public sealed class RollbackServerlessAssets : DeploymentTask
{
    private protected override Task<DeployResult> DeployAsync(
        DeploymentPipeline pipeline,
        CancellationToken cancellationToken
    ) => pipeline.RollbackAsync(Values, Values.Get(SettingTable.RollbackTo), cancellationToken);
}

/// <summary>Creates a Build from the manifest and the Environment's deployed contents, without deploying it.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildServerlessAssets : ServiceTask
{
    /// <summary>SID of the Build: <c>ZB…</c>.</summary>
    [Output]
    public string BuildSid { get; private set; } = "";

    /// <summary>SID of the Build that was deployed when this one was created; empty if none was.</summary>
    [Output]
    public string LiveBuildSid { get; private set; } = "";

    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var result = await new DeploymentPipeline(Context).BuildAsync(Values, cancellationToken).ConfigureAwait(false);
        BuildSid = result.BuildSid;
        LiveBuildSid = result.LiveBuildSid ?? "";
        Report(result);
        return true;
    }
}

/// <summary>Fetches the site and compares it with the manifest.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyServerlessAssets : ServiceTask
{
    private protected override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var verified = await new DeploymentPipeline(Context)
            .VerifyAsync(Values, cancellationToken)
            .ConfigureAwait(false);
        Report(verified);
        return true;
    }
}
