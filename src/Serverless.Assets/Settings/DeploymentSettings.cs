namespace Serverless.Assets.Settings;

/// <summary>The settings of a run that changes what is live, as a user wrote them: nothing is validated yet.</summary>
public sealed record DeploymentSettings
{
    /// <summary>The service. Its SID may be unset: the manifest names the Service.</summary>
    public required ServiceSettings Service { get; init; }

    /// <summary>Domain suffix of an Environment that is created; null: its name; <c>-</c>: none.</summary>
    public string? DomainSuffix { get; init; }

    /// <summary><c>Keep</c> or <c>Remove</c>: live assets that the manifest does not name; empty: <c>Keep</c>.</summary>
    public string OtherAssets { get; init; } = "";

    /// <summary>Node runtime of the Build; empty: that of the live Build.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Whether a deployment fetches the site, compares, and is taken back when it is wrong.</summary>
    public bool Verify { get; init; }
}
