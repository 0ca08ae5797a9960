using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

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

    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var result = await new DeploymentPipeline(Context).BuildAsync(Values, cancellationToken).ConfigureAwait(false);
        BuildSid = result.BuildSid;
        LiveBuildSid = result.LiveBuildSid ?? "";
        Report(result);
        return true;
    }
}
