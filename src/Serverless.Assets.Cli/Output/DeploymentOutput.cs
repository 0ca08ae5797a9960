using System.Text.Json;
using Serverless.Assets.Cli.Commands;
using Serverless.Assets.Deployment;

namespace Serverless.Assets.Cli.Output;

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
)
{
    /// <summary>As text and as JSON.</summary>
    public static CommandOutput Result(DeployResult live)
    {
        var output = new DeploymentOutput(
            live.ServiceSid,
            live.Environment,
            live.EnvironmentSid,
            live.Domain,
            live.Url.AbsoluteUri,
            live.BuildSid,
            live.DeploymentSid,
            live.PreviousBuildSid,
            live.IsChanged,
            live.VerifiedAssets
        );
        var state = live.IsChanged ? $"is live (before: {live.PreviousBuildSid ?? "nothing"})" : "was live already";
        var verified = live.VerifiedAssets is { } count ? $", {count} assets verified" : "";
        return new CommandOutput(
            $"{live.Environment}: {live.BuildSid} {state}{verified}: {live.Url}",
            JsonSerializer.Serialize(output, OutputJson.Written.DeploymentOutput)
        );
    }
}
