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

/// <summary>
/// A Deployment that was requested and not confirmed: the run was canceled or failed before it knew the result.
/// </summary>
/// <param name="Environment">The unique name.</param>
/// <param name="BuildSid">The Build to deploy.</param>
/// <param name="Live">What was live immediately afterwards.</param>
internal sealed record InterruptedDeployment(
    Sid ServiceSid,
    string Environment,
    Uri Url,
    Sid BuildSid,
    LiveBuildStatus Live
) : OperationResult
{
    /// <summary>The Build that the operation created or reused; null if it was to deploy a given one.</summary>
    public BuildResult? Build { get; init; }

    internal override Sid? Service => ServiceSid;
}

/// <summary>What is live in an Environment, as far as the run knows.</summary>
internal sealed record LiveBuildStatus
{
    private LiveBuildStatus(bool isKnown, Sid? buildSid)
    {
        IsKnown = isKnown;
        BuildSid = buildSid;
    }

    /// <summary>The Environment could not be fetched after a request that may have changed it.</summary>
    public static LiveBuildStatus Unknown { get; } = new(isKnown: false, buildSid: null);

    public bool IsKnown { get; }

    /// <summary>Null: nothing is live, or it is unknown.</summary>
    public Sid? BuildSid { get; }

    /// <param name="buildSid">Null: nothing is live.</param>
    public static LiveBuildStatus Known(Sid? buildSid) => new(isKnown: true, buildSid);

    /// <summary>A sentence without a period, such as <c>Build ZB… is live</c>.</summary>
    public string Summary =>
        this switch
        {
            { IsKnown: false } => "Which Build is live is unknown (see 'serverless-assets list')",
            { BuildSid: { } build } => $"Build {build} is live",
            _ => "Nothing is live",
        };
}
