namespace Serverless.Assets.Results;

/// <summary>What a deployment is for.</summary>
public enum DeploymentReason
{
    /// <summary>A Build of the manifest.</summary>
    Deploy,

    /// <summary>A Build that was live before.</summary>
    Rollback,

    /// <summary>The Build of another Environment.</summary>
    Promotion,
}

/// <summary>What is live in an Environment after a deployment, a rollback or a promotion.</summary>
/// <param name="Environment">Unique name.</param>
/// <param name="Domain">Host name of the site.</param>
/// <param name="DeploymentSid">
/// <c>ZD…</c>; null: the Build was live already, and the service lists no Deployment of it.
/// </param>
/// <param name="PreviousBuildSid">What was live before; null: nothing, or it is not known.</param>
/// <param name="IsChanged">False: the Build was live already.</param>
/// <param name="VerifiedAssets">How many assets of the site were compared with the manifest; null: none.</param>
public sealed record DeployResult(
    string ServiceSid,
    string Environment,
    string EnvironmentSid,
    string Domain,
    Uri Url,
    string BuildSid,
    string? DeploymentSid,
    string? PreviousBuildSid,
    bool IsChanged,
    int? VerifiedAssets
) : OperationResult
{
    public DeploymentReason Reason { get; init; }

    /// <summary>Name of the Environment that a promoted Build comes from; null: it is no promotion.</summary>
    public string? PromotedFrom { get; init; }

    /// <summary>The Build that the deployment created or reused; null: it was given one.</summary>
    public BuildResult? Build { get; init; }

    internal override string Service => ServiceSid;
}
