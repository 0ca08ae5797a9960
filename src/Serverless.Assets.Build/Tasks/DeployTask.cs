using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>A task that has the settings of a deployment too: inputs here, one line and an example each.</summary>
public abstract class DeployTask : ServiceTask
{
    /// <summary>Domain suffix of an Environment that is created: <c>dev</c>; empty: its name; <c>-</c>: none.</summary>
    public string DomainSuffix { get; set; } = "";

    /// <summary>Live assets that the manifest does not name: <c>Keep</c> or <c>Remove</c>.</summary>
    public string OtherAssets { get; set; } = "";

    /// <summary>Node runtime of the Build: <c>node22</c>; empty: that of the live Build.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>Whether a deployment fetches the site, compares, and is taken back when it is wrong.</summary>
    public bool Verify { get; set; }

    private protected DeploymentSettings ReadDeploySettings() =>
        new()
        {
            Service = ReadSettings(),
            DomainSuffix = DomainSuffix.Length > 0 ? DomainSuffix : null,
            OtherAssets = OtherAssets,
            Runtime = Runtime,
            Verify = Verify,
        };
}
