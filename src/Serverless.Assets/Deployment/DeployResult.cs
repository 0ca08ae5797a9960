namespace Serverless.Assets.Deployment;

/// <summary>What is live now.</summary>
/// <param name="Environment">Unique name.</param>
/// <param name="Domain">Host name of the site.</param>
/// <param name="DeploymentSid"><c>ZD…</c>; null: the Build was live, and no Deployment of it is on record.</param>
/// <param name="PreviousBuildSid">What was live before; null: nothing, or not known.</param>
/// <param name="IsChanged">False: the Build was live already.</param>
/// <param name="VerifiedAssets">Null: the site was not fetched.</param>
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
);
