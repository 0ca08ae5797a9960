using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Control;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The JSON of the service: snake_case, fields in the order of the records, times in UTC without fractions.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(UtcSecondsConverter)],
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ServiceResponse))]
[JsonSerializable(typeof(ResourceResponse))]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(FunctionContentResponse))]
[JsonSerializable(typeof(BuildResponse))]
[JsonSerializable(typeof(BuildStatusResponse))]
[JsonSerializable(typeof(EnvironmentResponse))]
[JsonSerializable(typeof(DeploymentResponse))]
[JsonSerializable(typeof(VariableResponse))]
[JsonSerializable(typeof(LogResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(DetailedErrorResponse))]
[JsonSerializable(typeof(PageMeta))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Dependency[]))]
[JsonSerializable(typeof(StateDump))]
[JsonSerializable(typeof(VersionState))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>Writes times as the service does: <c>2026-03-01T12:00:00Z</c>.</summary>
internal sealed class UtcSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
