namespace Serverless.Assets.Deployment;

/// <summary>What a deployment did: the content of <c>serverless-assets.deployment.json</c>.</summary>
internal sealed record DeploymentRecord
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required string ServiceSid { get; init; }

    /// <summary>Unique name.</summary>
    public required string Environment { get; init; }

    public required string EnvironmentSid { get; init; }

    /// <summary>Host name of the site.</summary>
    public required string Domain { get; init; }

    public required string Url { get; init; }

    public required string BuildSid { get; init; }

    /// <summary>Null: the Build was live, and no Deployment of it is on record.</summary>
    public required string? DeploymentSid { get; init; }

    /// <summary>The Build that was live before, to go back to; null: none was.</summary>
    public required string? PreviousBuildSid { get; init; }
}
