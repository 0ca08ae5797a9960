using System.Text.Json;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>remove --json</c>.</summary>
internal sealed record RemoveOutput(string Environment, string? Domain, bool Removed)
{
    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.RemoveOutput);
}
