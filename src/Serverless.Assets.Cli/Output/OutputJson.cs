using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// What a command prints with <c>--json</c>. docs/cli-output.schema.json describes each, for scripts.
/// </summary>
internal abstract record JsonOutput
{
    /// <summary>How the run ended: <c>deployed</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Outcome { get; init; } = "";

    /// <summary>The same as one sentence.</summary>
    [JsonPropertyOrder(-1)]
    public string Summary { get; init; } = "";

    public string ToJson(RunOutcome outcome)
    {
        var output = this with { Outcome = outcome.Name, Summary = outcome.Summary.ToString() };
        return JsonSerializer
            .Serialize(output, GetType(), OutputJson.Written)
            // Number signs occur in strings only. The escape keeps the string, and is no command of a CI system.
            .Replace("##", "#\\u0023", StringComparison.Ordinal);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UploadOutput))]
[JsonSerializable(typeof(PlanOutput))]
[JsonSerializable(typeof(BuildOutput))]
[JsonSerializable(typeof(DeploymentOutput))]
[JsonSerializable(typeof(VerifyOutput))]
[JsonSerializable(typeof(RemoveOutput))]
[JsonSerializable(typeof(MergeOutput))]
[JsonSerializable(typeof(PruneOutput))]
[JsonSerializable(typeof(ListOutput))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    public static OutputJson Written { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
            }
        );
}
