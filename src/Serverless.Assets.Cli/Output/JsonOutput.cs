using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>What a command prints with <c>--json</c>. docs/cli-output.schema.json describes the format.</summary>
internal abstract record JsonOutput
{
    /// <summary>The outcome of the run, such as <c>deployed</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Outcome { get; init; } = "";

    /// <summary>The outcome as one sentence.</summary>
    [JsonPropertyOrder(-1)]
    public string Summary { get; init; } = "";

    public string ToJson(RunOutcome outcome)
    {
        var output = this with { Outcome = outcome.Name, Summary = outcome.Summary.ToString() };
        return JsonSerializer
            .Serialize(output, GetType(), JsonOutputContext.Format)
            // Number signs occur only in strings. Escaping them keeps CI systems from reading a string as a ##command.
            .Replace("##", "#\\u0023", StringComparison.Ordinal);
    }
}

[JsonSerializable(typeof(UploadOutput))]
[JsonSerializable(typeof(PlanOutput))]
[JsonSerializable(typeof(BuildOutput))]
[JsonSerializable(typeof(DeploymentOutput))]
[JsonSerializable(typeof(VerifyOutput))]
[JsonSerializable(typeof(RemoveOutput))]
[JsonSerializable(typeof(MergeOutput))]
[JsonSerializable(typeof(PruneOutput))]
[JsonSerializable(typeof(ListOutput))]
[JsonSerializable(typeof(CreatedVersionOutput))]
[JsonSerializable(typeof(AssetVersionsOutput))]
internal sealed partial class JsonOutputContext : JsonSerializerContext
{
    public static JsonOutputContext Format { get; } =
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
