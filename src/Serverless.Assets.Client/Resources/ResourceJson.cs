using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>Reads the service's snake_case responses. Fields that are not declared are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    Converters = [typeof(RedactedTextConverter), typeof(VisibilityConverter), typeof(BuildStatusConverter)]
)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(PageBody))]
[JsonSerializable(typeof(ServiceResource[]))]
[JsonSerializable(typeof(AssetResource[]))]
[JsonSerializable(typeof(AssetVersionResource[]))]
[JsonSerializable(typeof(BuildResource[]))]
[JsonSerializable(typeof(BuildStatusResource))]
[JsonSerializable(typeof(EnvironmentResource[]))]
[JsonSerializable(typeof(DeploymentResource[]))]
[JsonSerializable(typeof(FunctionResource[]))]
[JsonSerializable(typeof(FunctionVersionResource[]))]
[JsonSerializable(typeof(VariableResource[]))]
[JsonSerializable(typeof(IReadOnlyList<DependencyResource>))]
internal sealed partial class ResourceJson : JsonSerializerContext;

/// <summary>Removes secrets from every text: a server or proxy can quote the <c>Authorization</c> header in it.</summary>
internal sealed class RedactedTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SecretRedactor.Redact(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>The body of an error response. Some 429s have <c>detail</c> and <c>moreInfo</c> instead.</summary>
internal sealed record ErrorBody
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    public string? Detail { get; init; }

    public string? MoreInfo { get; init; }

    [JsonPropertyName("moreInfo")]
    public string? MoreInfoInCamelCase { get; init; }
}

/// <summary>A page of a list. <see cref="PageMeta.Key"/> names the array that holds the items.</summary>
internal sealed record PageBody
{
    public required PageMeta Meta { get; init; }

    // Not init: the source generator would pass it to a constructor, which extension data does not support.
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Arrays { get; set; }
}

internal sealed record PageMeta
{
    public required string Key { get; init; }

    /// <summary>Null on the last page.</summary>
    public string? NextPageUrl { get; init; }
}
