using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>build --json</c>.</summary>
internal sealed record BuildOutput(
    string ServiceSid,
    string BuildSid,
    string Environment,
    string? LiveBuildSid,
    bool Reused,
    int Assets,
    int Functions
) : JsonOutput
{
    public static BuildOutput From(BuildResult build, string environment) =>
        new(
            build.ServiceSid,
            build.BuildSid,
            environment,
            build.LiveBuildSid,
            build.IsReused,
            build.AssetCount,
            build.FunctionCount
        );
}

/// <summary>The result of <c>deploy</c>, <c>rollback</c> and <c>promote</c> with <c>--json</c>.</summary>
internal sealed record DeploymentOutput(
    string ServiceSid,
    string Environment,
    string EnvironmentSid,
    string Domain,
    string Url,
    string BuildSid,
    string? DeploymentSid,
    string? PreviousBuildSid,
    bool Changed,
    int? Verified
) : JsonOutput
{
    public static DeploymentOutput From(DeployResult deployment) =>
        new(
            deployment.ServiceSid,
            deployment.Environment,
            deployment.EnvironmentSid,
            deployment.Domain,
            deployment.Url.AbsoluteUri,
            deployment.BuildSid,
            deployment.DeploymentSid,
            deployment.PreviousBuildSid,
            deployment.IsChanged,
            deployment.VerifiedAssets
        );
}

/// <summary>The result of <c>verify --json</c>.</summary>
/// <param name="Environment">As the user named it.</param>
internal sealed record VerifyOutput(string Environment, int Verified) : JsonOutput
{
    /// <summary>The sum for all Services.</summary>
    public override JsonOutput With(IReadOnlyList<JsonOutput> services) =>
        this with
        {
            Verified = services.OfType<VerifyOutput>().Sum(site => site.Verified),
            Services = services,
        };

    /// <param name="environment">As the user named it.</param>
    public static VerifyOutput From(VerifyResult verified, string environment) => new(environment, verified.Assets);
}
