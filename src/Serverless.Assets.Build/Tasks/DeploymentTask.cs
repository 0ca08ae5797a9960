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

    /// <summary>
    /// The site of each Service: its host name, with <c>Url</c>, <c>Service</c>, <c>ServiceSid</c>, <c>Environment</c>,
    /// <c>EnvironmentSid</c>, <c>BuildSid</c>, <c>DeploymentSid</c>. The other outputs are about the first one.
    /// </summary>
    [Output]
    public ITaskItem[] Sites { get; private set; } = [];

    private protected abstract Task<OperationResult> DeployAsync(
        ProjectPipeline pipeline,
        CancellationToken cancellationToken
    );

    private protected sealed override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var result = await DeployAsync(new ProjectPipeline(Context), cancellationToken).ConfigureAwait(false);
        Sites = [.. result.GetServices().Select(AssetItems.FromSite)];
        var first = result.GetOperations().Cast<DeployResult>().First();
        BuildSid = first.BuildSid;
        DeploymentSid = first.DeploymentSid ?? "";
        EnvironmentSid = first.EnvironmentSid;
        Domain = first.Domain;
        Url = first.Url.AbsoluteUri;
        Report(result);

        // A site in the emulator is not available after the build, so its address is not the result.
        LogProjectLine(Values.Get(SettingTable.Emulator) ? Values.ManifestPath : Url, EmulatorHint);
        return true;
    }
}
