using System.Text.Json;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>merge --json</c>.</summary>
internal sealed record MergeOutput(string Manifest, int Assets)
{
    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.MergeOutput);
}
