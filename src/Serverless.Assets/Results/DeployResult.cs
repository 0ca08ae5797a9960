using Serverless.Assets.Client;

namespace Serverless.Assets.Results;

/// <summary>What led to a Deployment.</summary>
internal sealed record DeploymentReason
{
    private DeploymentReason() { }

    /// <summary>The manifest: its Build was created or reused.</summary>
    public static DeploymentReason Deploy { get; } = new();

    /// <summary>A rollback to a Build that was live earlier.</summary>
    public static DeploymentReason Rollback { get; } = new() { IsRollback = true };

    /// <summary>The unique name of the Environment whose live Build was promoted; null: no promotion.</summary>
    public string? PromotedFrom { get; private init; }

    public bool IsRollback { get; private init; }

    /// <summary>A promotion of the live Build of another Environment.</summary>
    public static DeploymentReason PromotionFrom(string environment) => new() { PromotedFrom = environment };
}

/// <summary>The state of an Environment after a deployment, a rollback or a promotion.</summary>
/// <param name="Environment">The unique name.</param>
/// <param name="Domain">The host name of the site.</param>
/// <param name="DeploymentSid">
/// <c>ZD…</c>; null if the Build was already live and the service lists no Deployment of it.
/// </param>
/// <param name="PreviousBuildSid">The Build that was live before; null if there was none or it is unknown.</param>
/// <param name="IsChanged">False if the Build was already live.</param>
/// <param name="VerifiedAssets">The number of assets that were verified; null if the site was not verified.</param>
internal sealed record DeployResult(
    Sid ServiceSid,
    string Environment,
    Sid EnvironmentSid,
    string Domain,
    Uri Url,
    Sid BuildSid,
    Sid? DeploymentSid,
    Sid? PreviousBuildSid,
    bool IsChanged,
    int? VerifiedAssets
) : OperationResult
{
    public DeploymentReason Reason { get; init; } = DeploymentReason.Deploy;

    /// <summary>
    /// What is live at the end. Differs from <see cref="BuildSid"/> if someone else has deployed since.
    /// </summary>
    public LiveBuildStatus Live { get; init; } = LiveBuildStatus.Known(BuildSid);

    /// <summary>The Build that the deployment created or reused; null if it deployed a given one.</summary>
    public BuildResult? Build { get; init; }

    internal override Sid? Service => ServiceSid;
}
