using System.Text.Json;
using Serverless.Assets.Deployment;

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
)
{
    public static BuildOutput Of(BuildResult built, string environment) =>
        new(
            built.ServiceSid,
            built.BuildSid,
            environment,
            built.LiveBuildSid,
            built.IsReused,
            built.Assets,
            built.Functions
        );

    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.BuildOutput);
}
