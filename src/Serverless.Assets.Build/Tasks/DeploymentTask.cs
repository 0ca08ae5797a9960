using Microsoft.Build.Framework;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>The base of tasks that deploy a Build.</summary>
public abstract class DeploymentTask : ServiceTask
{
    /// <inheritdoc cref="UploadServerlessAssets.EmulatorHint"/>
    public string EmulatorHint { get; set; } = "";

    /// <summary>SID of the deployed Build: <c>ZB…</c>.</summary>
    [Output]
    public string BuildSid { get; private set; } = "";

    /// <summary>
    /// SID of its Deployment: <c>ZD…</c>; empty if the Build was already deployed and no Deployment is recorded.
    /// </summary>
    [Output]
    public string DeploymentSid { get; private set; } = "";

    /// <summary>SID of the Environment: <c>ZE…</c>.</summary>
    [Output]
    public string EnvironmentSid { get; private set; } = "";

    /// <summary>Host name of the site: <c>my-app-1234-dev.twil.io</c>.</summary>
    [Output]
    public string Domain { get; private set; } = "";

    /// <summary>Address of the site: <c>https://my-app-1234-dev.twil.io/</c>.</summary>
    [Output]
    public string Url { get; private set; } = "";

    private protected abstract Task<DeployResult> DeployAsync(
        DeploymentPipeline pipeline,
        CancellationToken cancellationToken
    );

    private protected sealed override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var result = await DeployAsync(new DeploymentPipeline(Context), cancellationToken).ConfigureAwait(false);
        BuildSid = result.BuildSid;
        DeploymentSid = result.DeploymentSid ?? "";
        EnvironmentSid = result.EnvironmentSid;
        Domain = result.Domain;
        Url = result.Url.AbsoluteUri;
        Report(result);

        // A site in the emulator is not available after the build, so its address is not the result.
        LogProjectLine(Values.Get(SettingTable.Emulator) ? Values.ManifestPath : Url, EmulatorHint);
        return true;
    }
}
