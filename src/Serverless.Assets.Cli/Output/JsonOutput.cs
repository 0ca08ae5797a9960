using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Results;

namespace Serverless.Assets.Cli.Output;

/// <summary>What a command prints with <c>--json</c>. docs/cli-output.schema.json describes the format.</summary>
[JsonDerivedType(typeof(UploadOutput))]
[JsonDerivedType(typeof(PlanOutput))]
[JsonDerivedType(typeof(BuildOutput))]
[JsonDerivedType(typeof(DeploymentOutput))]
[JsonDerivedType(typeof(VerifyOutput))]
[JsonDerivedType(typeof(RemoveOutput))]
[JsonDerivedType(typeof(PruneOutput))]
[JsonDerivedType(typeof(ListOutput))]
internal abstract record JsonOutput
{
    /// <summary>Unique name or SID; only for an entry of <see cref="Services"/>.</summary>
    [JsonPropertyOrder(-3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Service { get; init; }

    /// <summary>The outcome of the run, such as <c>deployed</c>.</summary>
    [JsonPropertyOrder(-2)]
    public string Outcome { get; init; } = "";

    /// <summary>The outcome as one sentence.</summary>
    [JsonPropertyOrder(-1)]
    public string Summary { get; init; } = "";

    /// <summary>An entry for each Service; null if the settings have no rules for Services.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JsonOutput>? Services { get; init; }

    /// <summary>
    /// Creates the output of an operation on several Services from that of the first one. Values that are not totals are
    /// those of the first one.
    /// </summary>
    public virtual JsonOutput With(IReadOnlyList<JsonOutput> services) => this with { Services = services };

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
