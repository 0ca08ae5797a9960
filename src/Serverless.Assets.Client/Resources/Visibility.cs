using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>Who can fetch an asset by its URL.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Visibility>))]
public enum Visibility
{
    /// <summary>Anyone.</summary>
    Public,

    /// <summary>Requests with a valid <c>X-Twilio-Signature</c>; all others get a 403.</summary>
    Protected,

    /// <summary>No one: only Functions can read the asset.</summary>
    Private,
}

/// <summary>Converts visibilities to and from text.</summary>
internal static class Visibilities
{
    /// <summary>The value that the service accepts.</summary>
    public static string ToWireValue(this Visibility visibility) =>
        visibility switch
        {
            Visibility.Public => "public",
            Visibility.Protected => "protected",
            Visibility.Private => "private",
            _ => throw new ArgumentOutOfRangeException(nameof(visibility), visibility, null),
        };

    /// <summary>Parses a visibility in any letter case: the Build resource has it in upper case.</summary>
    /// <returns>Null if it is not a visibility.</returns>
    public static Visibility? Parse(string text) =>
        text.ToUpperInvariant() switch
        {
            "PUBLIC" => Visibility.Public,
            "PROTECTED" => Visibility.Protected,
            "PRIVATE" => Visibility.Private,
            _ => null,
        };
}

internal sealed class VisibilityConverter : JsonConverter<Visibility>
{
    public override Visibility Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Visibilities.Parse(reader.GetString() ?? "") ?? throw new JsonException("expected a visibility");

    public override void Write(Utf8JsonWriter writer, Visibility value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToWireValue());
}
