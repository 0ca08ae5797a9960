using System.Text.Json;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>verify --json</c>.</summary>
internal sealed record VerifyOutput(string Environment, int Verified)
{
    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.VerifyOutput);
}
