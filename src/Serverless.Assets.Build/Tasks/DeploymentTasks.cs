using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>The base of tasks that deploy a Build.</summary>
public abstract class DeploymentTask : ServiceTask
{
    /// <summary>Shown after the summary: how to open the site.</summary>
    public string Hint { get; set; } = "";

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

    private protected sealed override async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        var result = await DeployAsync(new DeploymentPipeline(Context), cancellationToken).ConfigureAwait(false);
        BuildSid = result.BuildSid;
        DeploymentSid = result.DeploymentSid ?? "";
        EnvironmentSid = result.EnvironmentSid;
        Domain = result.Domain;
        Url = result.Url.AbsoluteUri;
        Report(result);
        if (Hint.Length > 0)
        {
            Log.LogMessage(MessageImportance.High, "  {0}", LogSanitizer.EscapeWhole(Hint));
        }

        // The emulator's URL is useless here: the emulator stops at the end of the build.
        LogProjectLine(Values.Get(SettingTable.Emulator) ? Values.ManifestPath : Url);
        return true;
    }
}

/// <summary>Deploys the Build of the manifest to the Environment.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeployServerlessAssets : DeploymentTask
{
    /// <summary>
    /// SID of the Build that <see cref="BuildServerlessAssets"/> created: <c>ZB…</c>; if empty, this task creates it.
    /// </summary>
    public string CreatedBuildSid { get; set; } = "";

    /// <summary>
    /// SID of the Build that was deployed at that time. If a different one is deployed now, this task creates a new
    /// Build.
    /// </summary>
    public string BaseBuildSid { get; set; } = "";

    private protected override Task<DeployResult> DeployAsync(
        DeploymentPipeline pipeline,
        CancellationToken cancellationToken
    )
    {
        var created =
            CreatedBuildSid.Length == 0
                ? null
                : new CreatedBuild(CreatedBuildSid, BaseBuildSid.Length > 0 ? BaseBuildSid : null);
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
