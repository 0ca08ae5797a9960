using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Api;

/// <summary>The version resource has visibilities in lower case, the Build resource in upper case.</summary>
internal sealed class VisibilityConverter : JsonConverter<AssetVisibility>
{
    public override AssetVisibility Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => AssetVisibilities.Parse(reader.GetString() ?? "") ?? throw new JsonException("a visibility was expected");

    public override void Write(Utf8JsonWriter writer, AssetVisibility value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToWireValue());
}
