using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Api;

internal sealed class BuildStatusConverter : JsonConverter<BuildStatus>
{
    public override BuildStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Enum.TryParse<BuildStatus>(reader.GetString(), ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : throw new JsonException("a build status was expected");

    public override void Write(Utf8JsonWriter writer, BuildStatus value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
